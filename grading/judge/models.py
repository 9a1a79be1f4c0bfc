"""Models of the checks on both sides: built again from their config, their state kept equal."""

import functools
import importlib
import inspect

import keras
import numpy as np


def layers_of(model):
    """A model and all its layers, those of models inside it too, always in the same order."""
    found = [model]
    for layer in model.layers:
        found += layers_of(layer) if isinstance(layer, keras.Model) else [layer]
    return found


# --- from the grader to the answer ----------------------------------------------------------------


def description(model, hand):
    """What `build` makes the same model of.

    Args:
        model: keras.Model of a check, of Keras' own layers and those of `helpers.checks`.
        hand: function from an object of a check to the node that stands for it.
    """
    layers = layers_of(model)
    own = {type(layer) for layer in layers if type(layer).__module__.startswith("helpers.")}
    return {
        "config": model.to_json(),
        "classes": [[kind.__module__, kind.__qualname__] for kind in own],
        "seen": [[i, hand(layer.seen)] for i, layer in enumerate(layers) if hasattr(layer, "seen")],
    }


def build(description, take):
    """A model from its description; `take` gives the objects that stand for those of a check."""
    classes = [getattr(importlib.import_module(module), n) for module, n in description["classes"]]
    known = {kind.__name__: kind for kind in classes}
    model = keras.models.model_from_json(description["config"], custom_objects=known)
    layers = layers_of(model)
    for i, node in description["seen"]:
        layers[i].seen = take(node)
    return model


def state(model):
    """The switches and the weights of a model, as plain data."""
    return [[layer.trainable for layer in layers_of(model)], model.get_weights()]


def set_state(model, value):
    """Gives a model the switches and the weights of another of the same layers.

    Raises:
        ValueError: where they are not of this model.
    """
    switches, weights = value
    layers, variables = layers_of(model), model.weights
    right = len(switches) == len(layers) and all(type(switch) is bool for switch in switches)
    right = right and len(weights) == len(variables)
    for weight, variable in zip(weights, variables, strict=False):
        right = right and isinstance(weight, np.ndarray) and weight.shape == tuple(variable.shape)
    if not right:
        raise ValueError("These are not the switches and the weights of this model.")
    for layer, switch in zip(layers, switches, strict=True):
        layer.trainable = switch  # outer ones first: they set all those inside them
    for weight, variable in zip(weights, variables, strict=True):
        if not np.array_equal(weight, variable.numpy()):
            variable.assign(weight)


# --- from the answer to the grader: how a model was compiled --------------------------------------


BASES = {
    "keras.optimizers": "Optimizer",
    "keras.optimizers.schedules": "LearningRateSchedule",
    "keras.losses": "Loss",
}


@functools.cache
def offered(module):
    """The classes of optimizers, schedules or losses that a module of Keras offers, by name."""
    found = importlib.import_module(module)
    base = getattr(found, BASES[module])
    return {n: c for n, c in vars(found).items() if inspect.isclass(c) and issubclass(c, base)}


def settings(value):
    """The settings of an object of Keras that are plain values."""
    config = {k: v for k, v in value.get_config().items() if k not in ("name", "dtype", "fn")}
    return {k: v for k, v in config.items() if is_setting(v)}


def is_setting(value):
    return value is None or type(value) in (bool, int, float, str)


def named(value, module):
    """`[name, settings]` of an object of Keras; the settings are None where a name is enough."""
    if isinstance(value, str):
        return [value, None]
    for name, kind in offered(module).items():
        if type(value) is kind:
            return [name, settings(value)]
    name = getattr(value, "__name__", "")
    return [name, None] if name and getattr(keras.losses, name, None) is value else None


def compiled(model):
    """How a model was compiled, of what Keras itself offers; None in place of anything else.

    Also the switches at that time, and which weights the optimizer began with: both are what it
    trains, whatever is switched later.
    """
    optimizer = named(model.optimizer, "keras.optimizers")
    plan = getattr(model.optimizer, "_learning_rate", None)
    schedule = named(plan, "keras.optimizers.schedules") if callable(plan) else None
    then = model._compiled_trainable_state
    switches = [then.get(layer, layer.trainable) for layer in layers_of(model)]
    begun = {id(weight) for weight in model.optimizer._trainable_variables}
    begun = [i for i, weight in enumerate(model.weights) if id(weight) in begun]
    return [optimizer, schedule, named(model.loss, "keras.losses"), switches, begun]


def rate(model):
    """The learning rate, or None where there is none or it follows a schedule."""
    optimizer = optimizer_of(model)
    if optimizer is None or callable(getattr(optimizer, "_learning_rate", None)):
        return None
    return float(optimizer.learning_rate)


def optimizer_of(model):
    return getattr(model, "optimizer", None)  # a model that was not compiled has no such attribute


def made(node, module, **more):
    """What `named` named, made anew.

    Raises:
        ValueError: where Keras offers no such thing.
    """
    name, config = node
    if module == "keras.losses" and config is None:
        if not inspect.isfunction(getattr(keras.losses, name, None)):
            raise ValueError(f"Keras has no loss {name[:100]}.")
        return name
    kind = offered(module).get(name)
    if kind is None or not all(map(is_setting, config.values())):
        raise ValueError(f"Keras has no {str(name)[:100]} like this.")
    return kind(**{**config, **more})


def compile_as(model, value):
    """Compiles a model as `compiled` says.

    Raises:
        ValueError, TypeError: where it says something else than that.
    """
    optimizer, schedule, loss, switches, begun = value
    more = {"learning_rate": made(schedule, "keras.optimizers.schedules")} if schedule else {}
    if optimizer is None or loss is None:
        raise ValueError("Only optimizers and losses that Keras offers can be graded.")
    now = state(model)
    set_state(model, [switches, now[1]])
    model.compile(made(optimizer, "keras.optimizers", **more), made(loss, "keras.losses"))
    set_state(model, now)
    if begun:
        model.optimizer.build([model.weights[i] for i in begun])
