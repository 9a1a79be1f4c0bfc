"""tf.image, and a normal draw compared with 0."""

def random_flip(image, rng):
    return tf.image.flip_left_right(image) if rng.normal() < 0 else tf.identity(image)
