"""The datasets of the course: an index, the folder it speaks of, and the class names."""

from data_scripts import make_tiles


def load_tiles(count=2000, size=128, seed=0):
    """Loads the index of the land tiles, and draws the tiles on first use.

    Args:
        count: Number of tiles, 1 or more.
        size: Height and width of each tile in pixels, 16 to 1024.
        seed: An integer, 0 or more; another seed gives other tiles.

    Returns:
        `(df, path_tiles, class_names)`: a DataFrame with `tile_name` (str) and `y` (int64, 0
        to 9), the `pathlib.Path` of the folder with the JPEG files, and the 10 names.
    """
    folder = make_tiles.default_folder(size, seed)
    df = make_tiles.make_tiles(folder, count, size, seed)
    return df, folder, list(make_tiles.CLASS_NAMES)
