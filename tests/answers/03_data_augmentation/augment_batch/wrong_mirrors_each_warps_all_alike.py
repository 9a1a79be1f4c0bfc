"""Mirrored image by image, but one angle for the whole batch.

points: 5
hint: for each image
"""

import cv2
import numpy as np


def augment_batch(images, rng):
    h, w = images.shape[1:3]
    turn = cv2.getRotationMatrix2D(((w - 1) / 2, (h - 1) / 2), rng.uniform(20, 40), 1)
    result = []
    for image in images:
        if rng.random() < 0.5:
            image = np.ascontiguousarray(image[:, ::-1])
        result.append(cv2.warpAffine(image, turn, (w, h), borderMode=cv2.BORDER_REPLICATE))
    return np.stack(result)
