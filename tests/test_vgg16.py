"""The bases: shapes, weights from every source, and what is said when there are none."""

import hashlib
import http.server
import socket
import threading
from functools import partial

import h5py
import keras
import numpy as np
import pytest

from helpers import vgg16
from helpers.vgg16 import SMALL_WEIGHTS, vgg16_base

HASH_OF_KERAS = "6d6bbae143d832006294945121d1f1fc"


def images(count=2, size=32):
    return np.random.default_rng(0).uniform(-120, 120, (count, size, size, 3)).astype("float32")


def names(model):
    return [layer.name for layer in model.layers[1:]]


@pytest.fixture(scope="module")
def full():
    """A full-width VGG16 from keras.applications with random weights, an oracle for ours."""
    return keras.applications.VGG16(include_top=False, weights=None, input_shape=(32, 32, 3))


@pytest.fixture(scope="module")
def notop_file(full, tmp_path_factory):
    """A file of 58 MB in Keras' own format for VGG16 without top."""
    folder = tmp_path_factory.mktemp("server")
    path = folder / vgg16.IMAGENET_FILE
    full.save_weights(folder / "full.weights.h5")
    with h5py.File(path, "w") as file:  # the old format, which Keras reads but no longer writes
        layers = [layer for layer in full.layers if layer.weights]
        file.attrs["layer_names"] = [layer.name.encode() for layer in full.layers]
        for layer in full.layers:
            group = file.create_group(layer.name)
            group.attrs["weight_names"] = [w.path.encode() for w in layer.weights]
            for weight in layer.weights:
                group[weight.path] = np.asarray(weight)
        assert len(layers) == 13
    return path


# --- layers -----------------------------------------------------------------------------------


def test_the_full_width_is_keras_own_vgg16(full):
    base = vgg16_base(None)
    assert names(base) == names(full)
    assert [w.shape for w in base.weights] == [w.shape for w in full.weights]
    base.set_weights(full.get_weights())
    np.testing.assert_allclose(base.predict(images(), verbose=0), full.predict(images(), verbose=0))


def test_the_small_base_has_the_same_layers_an_eighth_as_wide(full):
    base = vgg16_base("tiles")
    assert names(base) == names(full)
    assert base.count_params() == 230_568
    for small, wide in zip(base.layers[1:], full.layers[1:], strict=True):
        assert small.output.shape == (*wide.output.shape[:3], wide.output.shape[3] // 8)


@pytest.mark.parametrize(("shape", "out"), [((32, 32, 3), (1, 1)), ((64, 96, 3), (2, 3))])
def test_the_map_is_a_thirty_second_of_the_image(shape, out):
    assert vgg16_base("tiles", shape).output_shape == (None, *out, 64)


def test_random_weights_differ_from_one_call_to_the_next_and_repeat_with_the_seed():
    def kernel(seed):
        keras.utils.set_random_seed(seed)
        return vgg16_base(None, width=1 / 8).get_weights()[0]

    np.testing.assert_array_equal(kernel(1), kernel(1))
    assert (kernel(1) != kernel(2)).any()


@pytest.mark.parametrize("shape", [(31, 32, 3), (32, 32, 1), (32, 32), (None, None, 3)])
def test_a_shape_that_vgg16_cannot_take_is_an_error(shape):
    with pytest.raises(ValueError, match="`input_shape` must be .*at least 32.*Received"):
        vgg16_base("tiles", shape)


@pytest.mark.parametrize("weights", ["tiles", "imagenet"])
def test_width_goes_with_random_weights_only(weights):
    with pytest.raises(ValueError, match="`width` goes with weights=None only. Received: width=1"):
        vgg16_base(weights, width=1)


# --- files ------------------------------------------------------------------------------------


def test_shipped_weights_are_small_and_match_their_checksum_and_card():
    assert SMALL_WEIGHTS.stat().st_size <= 1.5e6
    checksum = SMALL_WEIGHTS.with_name("small_vgg16.sha256").read_text().split()
    assert checksum == [hashlib.sha256(SMALL_WEIGHTS.read_bytes()).hexdigest(), SMALL_WEIGHTS.name]
    card = SMALL_WEIGHTS.with_name("small_vgg16.md").read_text()
    for word in ("Data:", "Classes:", "Accuracy", "held-out images", "zigzag", "fish"):
        assert word in card


def test_damaged_shipped_weights_are_noticed(tmp_path, monkeypatch):
    content = bytearray(SMALL_WEIGHTS.read_bytes())
    content[len(content) // 2] ^= 1  # one bit: HDF5 itself does not notice
    copy = tmp_path / SMALL_WEIGHTS.name
    copy.write_bytes(content)
    sums = SMALL_WEIGHTS.with_name("small_vgg16.sha256")
    (tmp_path / sums.name).write_text(sums.read_text())
    monkeypatch.setattr(vgg16, "SMALL_WEIGHTS", copy)
    with pytest.raises(ValueError, match="damaged: .*should have the SHA-256 .*pretrain_small"):
        vgg16_base("tiles")


@pytest.mark.parametrize("width", [1 / 8, 1 / 16])
def test_a_saved_base_comes_back_with_its_width(tmp_path, width):
    base = vgg16_base(None, width=width)
    base.save_weights(tmp_path / "mine.weights.h5")
    again = vgg16_base(tmp_path / "mine.weights.h5")
    for ours, theirs in zip(base.get_weights(), again.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_keras_own_file_of_vgg16_without_top_is_read(full, notop_file):
    base = vgg16_base(str(notop_file))
    for ours, theirs in zip(base.get_weights(), full.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_a_missing_file_is_an_error_that_lists_what_can_be_given(tmp_path):
    with pytest.raises(FileNotFoundError, match='`weights` must be "imagenet", "tiles".*none.h5'):
        vgg16_base(tmp_path / "none.h5")
    with pytest.raises(FileNotFoundError, match="Received: weights='imagnet'"):
        vgg16_base("imagnet")
    with pytest.raises(ValueError, match="Received: weights=7"):
        vgg16_base(7)


def damaged_files(folder):
    whole = SMALL_WEIGHTS.read_bytes()
    (folder / "cut.weights.h5").write_bytes(whole[: len(whole) // 2])
    (folder / "page.weights.h5").write_bytes(b"<html>404</html>")
    (folder / "empty.weights.h5").touch()

    other = keras.Sequential([keras.Input((32, 32, 3)), keras.layers.Conv2D(8, 3)])
    other.save_weights(folder / "other.weights.h5")

    wrong = [keras.Input((32, 32, 3))]  # 13 convolutions, but not those of VGG16
    wrong += [keras.layers.Conv2D(8, 3, padding="same") for _ in range(13)]
    keras.Sequential(wrong).save_weights(folder / "wrong.weights.h5")

    longer = keras.Sequential([vgg16_base("tiles"), keras.layers.Conv2D(8, 3, padding="same")])
    longer.save_weights(folder / "longer.weights.h5")


@pytest.mark.parametrize("name", ["cut", "page", "empty", "other", "wrong", "longer"])
def test_a_damaged_file_or_one_with_other_layers_is_a_clear_error(tmp_path, name):
    damaged_files(tmp_path)
    with pytest.raises(
        ValueError,
        match=f"`weights` cannot be read: .*must hold the weights of VGG16.*{name}.weights.h5",
    ):
        vgg16_base(tmp_path / f"{name}.weights.h5")


def test_a_file_with_values_that_are_no_numbers_is_an_error(tmp_path):
    base = vgg16_base(None, width=1 / 8)
    values = base.get_weights()
    values[3][0] = np.nan
    base.set_weights(values)
    base.save_weights(tmp_path / "nan.weights.h5")
    with pytest.raises(ValueError, match="`weights` has values that are no numbers"):
        vgg16_base(tmp_path / "nan.weights.h5")


# --- ImageNet, through the download code of Keras -----------------------------------------------


class Handler(http.server.SimpleHTTPRequestHandler):
    def do_GET(self):
        self.server.requests.append(self.path)
        if self.server.mode == "missing":
            return self.send_error(404)
        if self.server.mode == "silent":
            return self.server.wait.wait(30)
        if self.server.mode == "wrong file":
            self.send_response(200)
            self.send_header("Content-Length", "9")
            self.end_headers()
            return self.wfile.write(b"not a file"[:9])
        super().do_GET()

    def log_message(self, *_):
        pass


@pytest.fixture
def server(notop_file, tmp_path, monkeypatch):
    """Serves `notop_file` on loopback in place of Keras' own server; KERAS_HOME is empty."""
    from keras.src.applications import vgg16 as keras_vgg16
    from keras.src.backend import config
    from keras.src.utils import file_utils

    handler = partial(Handler, directory=notop_file.parent)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        running.mode, running.requests, running.wait = "serve", [], threading.Event()
        threading.Thread(target=running.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{running.server_port}/{notop_file.name}"
        monkeypatch.setattr(keras_vgg16, "WEIGHTS_PATH_NO_TOP", url)
        monkeypatch.setenv("KERAS_HOME", str(tmp_path))
        monkeypatch.setattr(config, "_KERAS_DIR", str(tmp_path))  # read once, at import
        monkeypatch.setenv("COURSE_PROFILE", "auto")
        for name in ("http_proxy", "HTTP_PROXY"):
            monkeypatch.delenv(name, raising=False)

        # The real file's MD5 is written into Keras; ours, with random weights, stands for it.
        real, ours = file_utils.hash_file, hashlib.md5(notop_file.read_bytes()).hexdigest()
        monkeypatch.setattr(
            file_utils,
            "hash_file",
            lambda *args: HASH_OF_KERAS if (found := real(*args)) == ours else found,
        )
        yield running
        running.wait.set()
        running.shutdown()


def test_imagenet_weights_are_downloaded_once_and_loaded(server, full, tmp_path):
    base = vgg16_base("imagenet", (32, 32, 3))
    for ours, theirs in zip(base.get_weights(), full.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)
    assert (tmp_path / "models" / vgg16.IMAGENET_FILE).stat().st_size > 58e6
    assert base.name == "vgg16_imagenet"

    server.mode = "missing"
    vgg16_base("imagenet", (64, 64, 3))
    assert len(server.requests) == 1


def test_a_file_put_in_the_folder_that_the_error_names_is_used_offline(
    server, full, notop_file, tmp_path, monkeypatch
):
    monkeypatch.setenv("COURSE_PROFILE", "offline")
    with pytest.raises(ConnectionError) as error:
        vgg16_base("imagenet")
    folder = tmp_path / "models"
    assert str(folder) in str(error.value)
    folder.mkdir()
    (folder / vgg16.IMAGENET_FILE).write_bytes(notop_file.read_bytes())
    assert vgg16_base("imagenet").count_params() == full.count_params()
    assert server.requests == []


@pytest.mark.parametrize("mode", ["missing", "silent", "wrong file", "down"])
def test_without_the_weights_the_error_says_what_where_and_how_to_go_on(
    server, tmp_path, monkeypatch, mode
):
    monkeypatch.setattr(vgg16, "DOWNLOAD_TIMEOUT", 0.5)
    server.mode = mode
    if mode == "down":
        server.shutdown()
        server.server_close()
    with pytest.raises(ConnectionError) as error:
        vgg16_base("imagenet")
    message = str(error.value)
    assert "ImageNet weights of VGG16 could not be had" in message
    assert vgg16.IMAGENET_FILE in message and str(tmp_path / "models") in message
    assert 'vgg16_base("tiles")' in message
    assert error.value.__cause__ is not None
    assert socket.getdefaulttimeout() is None


def test_after_a_wrong_file_the_next_call_downloads_again(server, full):
    server.mode = "wrong file"
    with pytest.raises(ConnectionError, match="ncomplete or corrupted"):
        vgg16_base("imagenet")
    server.mode = "serve"
    np.testing.assert_array_equal(vgg16_base("imagenet").get_weights()[0], full.get_weights()[0])


def test_offline_profile_tries_no_download(server, monkeypatch):
    monkeypatch.setenv("COURSE_PROFILE", "offline")
    with pytest.raises(ConnectionError, match='COURSE_PROFILE is offline.*vgg16_base."tiles"'):
        vgg16_base("imagenet")
    assert server.requests == []


@pytest.mark.parametrize(
    ("profile", "mode", "expected"),
    [
        ("auto", "serve", "vgg16_imagenet"),
        ("auto", "missing", "vgg16_tiles"),
        ("offline", "serve", "vgg16_tiles"),
        ("real", "serve", "vgg16_imagenet"),
    ],
)
def test_auto_takes_imagenet_where_it_can_be_had_and_says_what_it_took(
    server, monkeypatch, capsys, profile, mode, expected
):
    monkeypatch.setenv("COURSE_PROFILE", profile)
    server.mode = mode
    assert vgg16_base("auto").name == expected
    told = "SMALL VGG16" if expected == "vgg16_tiles" else "weights from ImageNet"
    assert told in capsys.readouterr().out


def test_the_real_profile_takes_no_substitute(server, monkeypatch):
    monkeypatch.setenv("COURSE_PROFILE", "real")
    server.mode = "missing"
    with pytest.raises(ConnectionError, match="could not be had"):
        vgg16_base("auto")
