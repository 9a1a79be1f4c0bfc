"""A folder of mixed images becomes a classifier and a report; what is no image is named."""

import csv

import keras
import numpy as np
import pytest
from PIL import Image

from data_scripts.shapes import draw
from helpers import own_images


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The files that came of 60 images of three classes, and what was printed."""
    folder, out = tmp_path_factory.mktemp("images"), tmp_path_factory.mktemp("report")
    rng = np.random.default_rng(0)
    modes = {0: "L", 1: "CMYK", 2: "RGBA", 3: "P"}
    for kind in ("fish", "moon", "tree"):
        (folder / kind).mkdir()
        for i in range(20):
            image = Image.fromarray(draw(kind, rng, size=int(rng.integers(33, 80))))
            image = image.resize((image.width, int(rng.integers(33, 80)))) if i % 2 else image
            ending = "png" if i in (2, 3) else "JPG"
            image.convert(modes.get(i, "RGB")).save(folder / kind / f"{i}.{ending}")
    whole = (folder / "fish" / "7.JPG").read_bytes()
    (folder / "fish" / "cut.jpg").write_bytes(whole[: len(whole) // 2])
    (folder / "moon" / "empty.png").touch()
    (folder / "tree" / "text.jpeg").write_text("no image")
    (folder / "tree" / "notes.txt").write_text("no image, and does not claim to be one")
    with pytest.MonkeyPatch.context() as patch:
        printed = []
        patch.setattr(own_images.tqdm, "write", printed.append)
        own_images.main([str(folder), "--out", str(out), "--size", "32"])
    return out, printed


def test_what_is_no_image_is_named_and_left_out(made):
    _, printed = made
    named = sorted(line.split(":")[0] for line in printed)
    assert named == [f"LEFT OUT {n}" for n in ("fish/cut.jpg", "moon/empty.png", "tree/text.jpeg")]


def test_the_classifier_answers_rgb_with_probabilities(made):
    model = keras.saving.load_model(made[0] / "classifier.keras")
    p = model.predict(np.full((2, 32, 32, 3), 200, "uint8"), verbose=0)
    assert p.shape == (2, 3) and np.allclose(p.sum(1), 1, atol=0.02)


def test_the_report_counts_a_fifth_of_each_class(made):
    with (made[0] / "confusion.csv").open(newline="") as file:
        header, *rows = csv.reader(file)
    assert [name.strip("# ") for name in header] == ["fish", "moon", "tree"]
    assert [sum(map(int, row)) for row in rows] == [4, 4, 4]
    for name in ("confusion.png", "mistakes.png"):
        assert Image.open(made[0] / name).width > 200


def test_grey_cmyk_and_palette_images_keep_their_colours(tmp_path):
    (tmp_path / "a").mkdir()
    red = Image.new("RGB", (50, 40), (200, 30, 40))
    names = {"rgb.png": red, "cmyk.jpg": red.convert("CMYK"), "palette.png": red.convert("P")}
    for name, image in names.items():
        image.save(tmp_path / "a" / name)
    df = own_images.datasets.pd.DataFrame({"tile_name": [f"a/{name}" for name in names], "y": 0})
    images, rows = own_images.read_images(tmp_path, df, 32, tmp_path / "images.npy")
    assert rows["tile_name"].tolist() == df["tile_name"].tolist()
    assert np.abs(images.mean((1, 2)) - [200, 30, 40]).max() < 30


def test_a_folder_without_classes_is_refused_before_anything_is_written(tmp_path):
    with pytest.raises(ValueError, match="at least two classes. Received: .* with classes"):
        own_images.main([str(tmp_path), "--out", str(tmp_path / "report")])
    assert not (tmp_path / "report").exists()


def test_the_script_has_at_most_60_lines():
    with open(own_images.__file__, encoding="utf-8") as file:
        assert len(file.readlines()) <= 60
