"""Pillow reads, which gives RGB by itself."""

from pathlib import Path

from PIL import Image


def batch_generator(df, batch_size, path_tiles, num_classes):
    folder = Path(path_tiles)
    while True:
        for start in range(0, len(df), batch_size):
            rows = df.iloc[start : start + batch_size]
            x = [np.asarray(Image.open(folder / name), dtype="float32") for name in rows.tile_name]
            y = [[float(label == c) for c in range(num_classes)] for label in rows.y]
            yield np.stack(x) / 255, np.array(y, dtype="float32")
