"""The checks of lesson 1, `01_larger_than_memory`."""

from helpers.checks.larger_than_memory.batch_generator import (
    batch_generator_endless,
    batch_generator_form,
    batch_generator_labels,
    batch_generator_last_batch,
    batch_generator_leaves_alone,
    batch_generator_order,
    batch_generator_other_sizes,
    batch_generator_pixels,
    batch_generator_reads_late,
)
from helpers.checks.larger_than_memory.counting import (
    dataset_bytes_counts_only,
    dataset_bytes_float32,
    dataset_bytes_other_dtypes,
    steps_per_epoch_edges,
    steps_per_epoch_refuses,
    steps_per_epoch_rounds_up,
)
from helpers.checks.larger_than_memory.data_gen import (
    data_gen_any_index,
    data_gen_form,
    data_gen_fresh_arrays,
    data_gen_last_batch,
    data_gen_values,
)
from helpers.checks.larger_than_memory.shuffling import tile_batches_seed, tile_batches_shuffle
from helpers.checks.larger_than_memory.tile_batches import (
    tile_batches_index_error,
    tile_batches_is_a_py_dataset,
    tile_batches_labels,
    tile_batches_leaves_alone,
    tile_batches_len,
    tile_batches_order,
)

__all__ = [
    "batch_generator_form",
    "batch_generator_pixels",
    "batch_generator_order",
    "batch_generator_last_batch",
    "batch_generator_endless",
    "batch_generator_reads_late",
    "batch_generator_labels",
    "batch_generator_other_sizes",
    "batch_generator_leaves_alone",
    "dataset_bytes_float32",
    "dataset_bytes_other_dtypes",
    "dataset_bytes_counts_only",
    "steps_per_epoch_rounds_up",
    "steps_per_epoch_edges",
    "steps_per_epoch_refuses",
    "data_gen_form",
    "data_gen_values",
    "data_gen_last_batch",
    "data_gen_fresh_arrays",
    "data_gen_any_index",
    "tile_batches_is_a_py_dataset",
    "tile_batches_len",
    "tile_batches_order",
    "tile_batches_index_error",
    "tile_batches_labels",
    "tile_batches_shuffle",
    "tile_batches_seed",
    "tile_batches_leaves_alone",
]
