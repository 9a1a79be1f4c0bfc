"""The checks of the activity, `05_vgg16_on_cifar10`."""

from helpers.checks.vgg16_on_cifar10.accuracy import (
    train,
    your_classifier_beats_the_baseline,
    your_classifier_form,
    your_classifier_goes_further,
    your_classifier_uses_the_base,
)
from helpers.checks.vgg16_on_cifar10.baseline import (
    baseline_callbacks,
    baseline_form,
    baseline_learns,
    baseline_reads,
    baseline_streams,
)
from helpers.checks.vgg16_on_cifar10.fine_tuning import (
    fine_tune_answers_plain,
    fine_tune_augments,
    fine_tune_blocks,
    fine_tune_form,
    fine_tune_gently,
    fine_tune_learns,
    fine_tune_validates_plain,
)
from helpers.checks.vgg16_on_cifar10.head import (
    train_head_form,
    train_head_goes_on,
    train_head_keeps_base,
    train_head_learns,
    train_head_one_pass,
    train_head_other_sizes,
)
from helpers.checks.vgg16_on_cifar10.prepare_data import (
    prepare_data_each_once,
    prepare_data_labels,
    prepare_data_seed,
    prepare_data_share,
    prepare_data_strays,
)
from helpers.checks.vgg16_on_cifar10.report import (
    report_accuracy,
    report_confusion,
    report_once,
    report_order,
    report_table,
)

__all__ = [
    "prepare_data_labels",
    "prepare_data_each_once",
    "prepare_data_share",
    "prepare_data_seed",
    "prepare_data_strays",
    "baseline_form",
    "baseline_reads",
    "baseline_learns",
    "baseline_streams",
    "baseline_callbacks",
    "train_head_form",
    "train_head_one_pass",
    "train_head_goes_on",
    "train_head_learns",
    "train_head_keeps_base",
    "train_head_other_sizes",
    "fine_tune_form",
    "fine_tune_blocks",
    "fine_tune_gently",
    "fine_tune_augments",
    "fine_tune_validates_plain",
    "fine_tune_answers_plain",
    "fine_tune_learns",
    "report_table",
    "report_accuracy",
    "report_order",
    "report_confusion",
    "report_once",
    "train",
    "your_classifier_form",
    "your_classifier_beats_the_baseline",
    "your_classifier_uses_the_base",
    "your_classifier_goes_further",
]
