"""`fit_generator` and `predict_generator`, against `Model.fit` and `Model.predict` themselves."""

import itertools

import keras
import numpy as np
import pytest

from helpers.training import fit_generator, predict_generator

STEPS = 3  # 22 rows in batches of 8, 8 and 6


@pytest.fixture
def rows():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(22, 6)).astype("float32")
    y = np.eye(3, dtype="float32")[rng.integers(0, 3, 22)]
    return x, y, rng.random(22).astype("float32")


def endless(*arrays):
    """Batches of 8, 8 and 6 rows, for ever."""
    while True:
        for start in range(0, len(arrays[0]), 8):
            yield tuple(array[start : start + 8] for array in arrays)


def seeded_model(optimizer=None):
    """A model whose every source of chance, dropout too, is seeded."""
    keras.utils.set_random_seed(1)
    model = keras.Sequential(
        [
            keras.Input((6,)),
            keras.layers.Dense(16, "relu"),
            keras.layers.BatchNormalization(),
            keras.layers.Dropout(0.5, seed=2),
            keras.layers.Dense(3, "softmax", kernel_regularizer="l2"),
        ]
    )
    model.compile(
        optimizer or keras.optimizers.Adam(0.01),
        "categorical_crossentropy",
        metrics=["accuracy", keras.metrics.AUC(name="auc"), keras.metrics.Precision(name="prec")],
        weighted_metrics=["mse"],
    )
    return model


def small_model():
    """Enough for what does not look at the numbers."""
    keras.utils.set_random_seed(1)
    model = keras.Sequential([keras.Input((6,)), keras.layers.Dense(3)])
    model.compile("sgd", "mse", metrics=["mae"])
    return model


def assert_same_training(ours, history, keras_model, keras_history):
    for a, b in zip(ours.get_weights(), keras_model.get_weights(), strict=True):
        np.testing.assert_allclose(a, b, atol=1e-5)
    assert list(history) == list(keras_history)
    for name in keras_history:
        np.testing.assert_allclose(history[name], keras_history[name], atol=1e-5, err_msg=name)
        assert all(type(value) is float for value in history[name])


@pytest.mark.parametrize("weighted", [False, True])
def test_training_gives_the_weights_and_the_history_of_fit(rows, weighted):
    arrays = rows if weighted else rows[:2]
    ours, theirs = seeded_model(), seeded_model()
    history = fit_generator(ours, endless(*arrays), STEPS, 4)
    expected = theirs.fit(endless(*arrays), steps_per_epoch=STEPS, epochs=4, verbose=0).history
    assert len(history["loss"]) == 4 and history["loss"][-1] != history["loss"][0]
    assert_same_training(ours, history, theirs, expected)


def test_the_last_batch_counts_by_its_size():
    # Guards against the mean of batch means: errors 0 on 3 rows, 1 on 1 row are 1/4, not 1/2.
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, kernel_initializer="zeros")])
    model.compile(keras.optimizers.SGD(0.0), "mse", metrics=["mae"])
    batches = [(np.ones((3, 1)), np.zeros((3, 1))), (np.ones((1, 1)), np.ones((1, 1)))]
    history = fit_generator(model, iter(batches * 2), 2, 2)
    assert history == {"loss": [0.25, 0.25], "mae": [0.25, 0.25]}


def test_a_metric_that_is_no_mean_is_that_of_the_whole_epoch():
    # Precision 1/1 on the first batch, 0/2 on the second: 1/3 in all, 1/2 as a mean.
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, kernel_initializer="ones")])
    model.compile(keras.optimizers.SGD(0.0), "mse", metrics=[keras.metrics.Precision(name="prec")])
    batches = [(np.ones((1, 1)), np.ones((1, 1))), (np.ones((2, 1)), np.zeros((2, 1)))]
    history = fit_generator(model, iter(batches), 2)
    assert history["prec"] == [pytest.approx(1 / 3)]


def validation_sets(rows):
    x, y, weight = rows

    class Batches(keras.utils.PyDataset):
        def __len__(self):
            return 3

        def __getitem__(self, i):
            return x[5 * i : 5 * i + 5], y[5 * i : 5 * i + 5]

    return {"arrays": (x[:13], y[:13]), "weights": (x[:13], y[:13], weight[:13]), "py": Batches()}


@pytest.mark.parametrize("kind", ["arrays", "weights", "py"])
def test_validation_gives_the_history_of_fit(rows, kind):
    data = validation_sets(rows)[kind]
    ours, theirs = small_model(), small_model()
    history = fit_generator(ours, endless(*rows), STEPS, 3, validation_data=data)
    expected = theirs.fit(
        endless(*rows), steps_per_epoch=STEPS, epochs=3, verbose=0, validation_data=data
    ).history
    assert "val_mae" in history
    assert_same_training(ours, history, theirs, expected)


def test_a_validation_generator_is_taken_in_order_and_only_as_far_as_asked(rows):
    # Not compared with fit over several epochs: it shows its first batches again in every epoch.
    x, y, _ = rows
    ours, theirs = small_model(), small_model()
    taken = itertools.count()
    validation = ((x[:8] + next(taken), y[:8]) for _ in itertools.count())
    history = fit_generator(
        ours, endless(x, y), STEPS, 2, validation_data=validation, validation_steps=2
    )
    assert next(taken) == 4
    for epoch in range(2):
        theirs.fit(endless(x, y), steps_per_epoch=STEPS, verbose=0)
        shown = np.concatenate([x[:8] + 2 * epoch, x[:8] + 2 * epoch + 1])
        expected = theirs.evaluate(shown, np.tile(y[:8], (2, 1)), return_dict=True, verbose=0)
        for name, value in expected.items():
            assert history[f"val_{name}"][epoch] == pytest.approx(value, abs=1e-5)


def test_training_takes_exactly_the_batches_asked_for(rows):
    taken = itertools.count()
    batches = ((rows[0][:4], rows[1][:4]) for _ in taken)
    fit_generator(small_model(), batches, 3, 2)
    assert next(taken) == 6


def test_models_with_several_outputs_train_and_predict_as_with_keras(rows):
    x, y, _ = rows

    def model():
        keras.utils.set_random_seed(4)
        inputs = keras.Input((6,))
        a = keras.layers.Dense(3, "softmax", name="a")(inputs)
        b = keras.layers.Dense(1, name="b")(inputs)
        model = keras.Model(inputs, {"a": a, "b": b})
        losses = {"a": "categorical_crossentropy", "b": "mse"}
        model.compile("sgd", losses, metrics={"a": ["accuracy"]})
        return model

    def batches():
        for x_batch, y_batch in endless(x, y):
            yield x_batch, {"a": y_batch, "b": y_batch[:, :1]}

    ours, theirs = model(), model()
    history = fit_generator(ours, batches(), STEPS, 2)
    expected = theirs.fit(batches(), steps_per_epoch=STEPS, epochs=2, verbose=0).history
    # fit counts the last, smaller batch as one of three in a_loss and b_loss, though not in loss.
    for name in ("a_loss", "b_loss"):
        del expected[name]
    losses = {name: history.pop(name) for name in ("a_loss", "b_loss")}
    assert_same_training(ours, history, theirs, expected)
    np.testing.assert_allclose(np.sum(list(losses.values()), 0), history["loss"], atol=1e-5)
    predicted = predict_generator(ours, endless(x, y), STEPS)
    expected = theirs.predict(x, verbose=0)
    assert predicted.keys() == expected.keys() == {"a", "b"}
    for name in expected:
        np.testing.assert_allclose(predicted[name], expected[name], atol=1e-5)


def test_a_train_step_of_ones_own_reports_what_fit_reports(rows):
    class Own(keras.Sequential):
        def train_step(self, data):
            return {**super().train_step(data), "rows": keras.ops.shape(data[0])[0]}

    def model():
        keras.utils.set_random_seed(5)
        model = Own([keras.Input((6,)), keras.layers.Dense(3)])
        model.compile("sgd", "mse")
        return model

    ours, theirs = model(), model()
    history = fit_generator(ours, endless(*rows[:2]), STEPS, 2)
    expected = theirs.fit(endless(*rows[:2]), steps_per_epoch=STEPS, epochs=2, verbose=0).history
    assert history["rows"] == expected["rows"] == [6, 6] and list(history) == list(expected)


def test_averaged_weights_are_put_in_place_as_fit_does(rows):
    ours, theirs = (seeded_model(keras.optimizers.SGD(0.1, use_ema=True)) for _ in range(2))
    history = fit_generator(ours, endless(*rows), STEPS, 2)
    expected = theirs.fit(endless(*rows), steps_per_epoch=STEPS, epochs=2, verbose=0).history
    assert_same_training(ours, history, theirs, expected)


@pytest.mark.parametrize("form", ["x", "(x,)", "(x, y)", "(x, y, weight)"])
def test_predictions_are_those_of_predict_in_order_with_none_lost_or_doubled(rows, form):
    x, y, weight = rows
    arrays = {"x": (x,), "(x,)": (x,), "(x, y)": (x, y), "(x, y, weight)": (x, y, weight)}[form]
    batches = (batch[0] if form == "x" else batch for batch in endless(*arrays))
    model = seeded_model()
    predicted = predict_generator(model, batches, STEPS)
    assert type(predicted) is np.ndarray and predicted.shape == (22, 3)
    np.testing.assert_allclose(predicted, model.predict(x, verbose=0), atol=1e-6)
    np.testing.assert_array_equal(next(iter(batches))[0][:1].ravel()[0], x.ravel()[0])


def test_prediction_takes_exactly_the_batches_asked_for(rows):
    taken = itertools.count()
    batches = (rows[0][:4] for _ in taken)
    assert len(predict_generator(small_model(), batches, 5)) == 20
    assert next(taken) == 5


def test_a_list_of_two_inputs_is_one_x(rows):
    a, b = keras.Input((6,)), keras.Input((6,))
    model = keras.Model([a, b], keras.layers.Subtract()([a, b]))
    x = rows[0]
    predicted = predict_generator(model, iter([[x[:3], 2 * x[:3]], [x[3:4], x[3:4]]]), 2)
    np.testing.assert_allclose(predicted[:3], -x[:3], atol=1e-6)
    assert not predicted[3].any()


def test_a_generator_that_ends_early_is_an_error_that_says_when(rows):
    # Model.fit goes on with a warning and records a loss for an epoch that had no batches.
    once = itertools.islice(endless(*rows), 4)
    with pytest.raises(
        ValueError, match="yield 3 batches in epoch 2 of 5. Received: no batch 2, it ended after 1"
    ):
        fit_generator(small_model(), once, STEPS, 5)
    with pytest.raises(ValueError, match="3 batches in epoch 1 of 1. Received: no batch 1"):
        fit_generator(small_model(), iter([]), STEPS)
    with pytest.raises(ValueError, match="`validation_data` must yield 2 batches in epoch 1 of 2"):
        once = itertools.islice(endless(*rows), 1)
        fit_generator(small_model(), endless(*rows), 1, 2, once, 2)
    with pytest.raises(ValueError, match="yield 3 batches in the prediction. Received: no batch 2"):
        predict_generator(small_model(), iter([rows[0]]), 3)


@pytest.mark.parametrize("steps", [0, -1, 2.75, None])
def test_steps_are_whole_numbers_from_one_on(rows, steps):
    # Old tutorials pass len(df) / batch_size, which is a fraction.
    words = "must be a whole number, 1 or more. Received: "
    with pytest.raises(ValueError, match=f"`steps_per_epoch` {words}steps_per_epoch={steps}"):
        fit_generator(small_model(), endless(*rows), steps)
    with pytest.raises(ValueError, match=f"`steps` {words}steps={steps}"):
        predict_generator(small_model(), endless(*rows), steps)
    with pytest.raises(ValueError, match=f"`validation_steps` {words}validation_steps={steps}"):
        fit_generator(small_model(), endless(*rows), 1, 1, endless(*rows), steps)


def test_a_model_that_is_not_compiled_is_refused_before_a_batch_is_taken(rows):
    taken = itertools.count()
    model = keras.Sequential([keras.Input((6,)), keras.layers.Dense(3)])
    with pytest.raises(ValueError, match="`model` must be compiled"):
        fit_generator(model, ((rows[0], rows[1]) for _ in taken), 1)
    assert next(taken) == 0


def test_batches_that_are_no_tuples_are_named(rows):
    with pytest.raises(ValueError, match="must yield tuples .* Received: list as batch 1 in epoch"):
        fit_generator(small_model(), iter([[rows[0], rows[1]]]), 1)
