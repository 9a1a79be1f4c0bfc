"""A folder of class folders in, a trained classifier and a report out.

    python -m helpers.own_images FOLDER [--out report] [--size 96]

A fifth of each class is kept for the test: confusion.csv, confusion.png, mistakes.png.
"""

import argparse
from pathlib import Path

import keras
import numpy as np
from PIL import Image, ImageOps
from tqdm import tqdm

from helpers import datasets, precision, transfer, vgg16
from helpers.result_plots import plot_confusion, show_mistakes


def read_images(folder, df, size, out):  # of any size and colour model, into an array on disk
    images, rows = np.lib.format.open_memmap(out, "w+", np.uint8, (len(df), size, size, 3)), []
    for row, name in enumerate(tqdm(df["tile_name"], desc="reading", unit="image")):
        try:
            image = ImageOps.exif_transpose(Image.open(folder / name)).convert("RGB")
            images[len(rows)] = ImageOps.fit(image, (size, size))  # cut to a square, then scaled
            rows.append(row)
        except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
            tqdm.write(f"LEFT OUT {name}: {error}")
    return images[: len(rows)], df.iloc[rows].reset_index(drop=True)


def main(argv=None):
    parser = argparse.ArgumentParser("own_images", description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--out", type=Path, default=Path("report"))
    parser.add_argument("--size", type=int, default=96, help="of the images, 32 pixels or more")
    args = parser.parse_args(argv)
    df, names = datasets.index_folder(args.folder)  # `<class>/<image>`
    shape = args.size, args.size, 3
    base = precision.build_fastest(lambda: vgg16.vgg16_base("auto", shape), training=False)
    args.out.mkdir(parents=True, exist_ok=True)
    images, df = read_images(args.folder, df, args.size, args.out / "images.npy")
    batches = [(images[i : i + 50], df["y"][i : i + 50]) for i in range(0, len(df), 50)]
    features, y = transfer.extract_features(base, batches)
    train, test = (part.index for part in datasets.split_index(df, 0.2))
    model = transfer.build_classifier(base, len(names))
    head = keras.Sequential([model.get_layer("head")])
    head.compile(keras.optimizers.Adam(1e-2), "sparse_categorical_crossentropy")
    head.fit(features[train], y[train], batch_size=50, epochs=30, verbose=0)
    model.save(args.out / "classifier.keras")
    said = head.predict(features[test], verbose=0)
    confusion = np.histogram2d(df["y"][test], said.argmax(1), np.arange(len(names) + 1) - 0.5)[0]
    np.savetxt(args.out / "confusion.csv", confusion, "%d", ",", header=",".join(names))
    plot_confusion(confusion, names).savefig(args.out / "confusion.png")
    show_mistakes(images[test], y[test], said, names).savefig(args.out / "mistakes.png")
    print(f"{confusion.trace() / len(test):.1%} of {len(test)} test images are right: {args.out}")


if __name__ == "__main__":
    main()
