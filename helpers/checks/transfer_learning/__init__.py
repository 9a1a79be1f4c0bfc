"""The checks of lesson 4, `04_transfer_learning`."""

from helpers.checks.transfer_learning.classifier import (
    build_classifier_form,
    build_classifier_freezes,
    build_classifier_head_learns,
    build_classifier_keeps_weights,
    build_classifier_other_sizes,
    build_classifier_preprocesses,
)
from helpers.checks.transfer_learning.features import (
    extract_features_form,
    extract_features_leaves_alone,
    extract_features_one_pass,
    extract_features_order,
    extract_features_pools,
    extract_features_preprocesses,
)
from helpers.checks.transfer_learning.fine_tune import (
    unfreeze_top_again,
    unfreeze_top_from_block,
    unfreeze_top_keeps_weights,
    unfreeze_top_learning_rate,
    unfreeze_top_recompiles,
)
from helpers.checks.transfer_learning.freeze import (
    freeze_again,
    freeze_all,
    freeze_any_block,
    freeze_counts,
    freeze_keeps_a_block,
    freeze_leaves_values,
)

__all__ = [
    "build_classifier_form",
    "build_classifier_freezes",
    "build_classifier_head_learns",
    "build_classifier_keeps_weights",
    "build_classifier_other_sizes",
    "build_classifier_preprocesses",
    "extract_features_form",
    "extract_features_leaves_alone",
    "extract_features_one_pass",
    "extract_features_order",
    "extract_features_pools",
    "extract_features_preprocesses",
    "unfreeze_top_again",
    "unfreeze_top_from_block",
    "unfreeze_top_keeps_weights",
    "unfreeze_top_learning_rate",
    "unfreeze_top_recompiles",
    "freeze_again",
    "freeze_all",
    "freeze_any_block",
    "freeze_counts",
    "freeze_keeps_a_block",
    "freeze_leaves_values",
]
