"""The checks of lesson 3, `03_data_augmentation`."""

from helpers.checks.data_augmentation.affine import (
    affine_angle,
    affine_centre,
    affine_direction,
    affine_identity,
    affine_shear,
    affine_together,
    affine_zoom,
)
from helpers.checks.data_augmentation.augmenter import (
    augmenter_does_nothing_else,
    augmenter_flips,
    augmenter_in_a_model,
    augmenter_only_in_training,
    augmenter_seed,
    augmenter_shears,
    augmenter_zooms,
)
from helpers.checks.data_augmentation.batch import (
    augment_batch_draws_from_rng,
    augment_batch_form,
    augment_batch_leaves_alone,
    augment_batch_order,
    augment_batch_own_parameters,
    augment_batch_range,
)
from helpers.checks.data_augmentation.flip import (
    random_flip_draws_from_rng,
    random_flip_half,
    random_flip_leaves_alone,
    random_flip_mirrors,
)
from helpers.checks.data_augmentation.pipelines import (
    pipelines_complete,
    pipelines_labels,
    pipelines_new_each_epoch,
    pipelines_train_changed,
    pipelines_valid_plain,
)

__all__ = [
    "augmenter_only_in_training",
    "augmenter_flips",
    "augmenter_shears",
    "augmenter_zooms",
    "augmenter_does_nothing_else",
    "augmenter_seed",
    "augmenter_in_a_model",
    "random_flip_mirrors",
    "random_flip_half",
    "random_flip_draws_from_rng",
    "random_flip_leaves_alone",
    "affine_identity",
    "affine_centre",
    "affine_angle",
    "affine_zoom",
    "affine_shear",
    "affine_together",
    "affine_direction",
    "augment_batch_form",
    "augment_batch_own_parameters",
    "augment_batch_leaves_alone",
    "augment_batch_range",
    "augment_batch_draws_from_rng",
    "augment_batch_order",
    "pipelines_valid_plain",
    "pipelines_train_changed",
    "pipelines_new_each_epoch",
    "pipelines_complete",
    "pipelines_labels",
]
