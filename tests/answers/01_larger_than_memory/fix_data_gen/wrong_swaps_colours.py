"""Swaps red and blue by habit.

points: 4
hint: values as they are
"""


def data_gen(df, batch_size):
    while True:
        for start in range(0, len(df), batch_size):
            rows = df.iloc[start : start + batch_size]
            images = [cv2.cvtColor(image, cv2.COLOR_BGR2RGB) for image in rows["url"]]
            y = rows["class"].to_numpy("float32").reshape(-1, 1)
            yield np.stack(images).astype("float32"), y
