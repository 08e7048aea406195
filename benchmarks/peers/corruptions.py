"""Corruptions as the published definitions compute them, with the libraries that they name, timed.

Prints `corruption,seconds,CPU seconds` of an image, severity 3 of 32 x 32, one process, as the CIFAR-10-C program runs.
Needs NumPy, SciPy, scikit-image, Pillow, OpenCV and Wand (Debian: python3-scipy python3-skimage
python3-pil python3-opencv python3-wand). Usage: corruptions.py PARAMETERS.json SECONDS
"""
import io
import json
import sys
import time
import warnings

import cv2
import numpy as np
from PIL import Image
from scipy.ndimage import gaussian_filter, map_coordinates, zoom
from skimage.color import hsv2rgb, rgb2hsv
from skimage.filters import gaussian
from skimage.util import random_noise
from wand.image import Image as WandImage

warnings.filterwarnings("ignore")
cv2.setNumThreads(1)
SIDE = 32
rng = np.random  # the legacy generator, as published


def unit(image):
    return np.array(image) / 255.0


def clipped(values):
    return np.clip(values, 0, 1) * 255


def blurred(values, sigma):
    return gaussian(values, sigma=sigma, channel_axis=-1)


def gaussian_noise(image, sigma):
    x = unit(image)
    return clipped(x + rng.normal(size=x.shape, scale=sigma))


def shot_noise(image, photons):
    return clipped(rng.poisson(unit(image) * photons) / float(photons))


def impulse_noise(image, amount):
    return clipped(random_noise(unit(image), mode="s&p", amount=amount))


def speckle_noise(image, sigma):
    x = unit(image)
    return clipped(x + x * rng.normal(size=x.shape, scale=sigma))


def gaussian_blur(image, sigma):
    return clipped(blurred(unit(image), sigma))


def glass_blur(image, parameters):
    sigma, reach, rounds = parameters[0], int(parameters[1]), int(parameters[2])
    x = np.uint8(blurred(unit(image), sigma) * 255)
    for _ in range(rounds):
        for h in range(SIDE - reach, reach, -1):
            for w in range(SIDE - reach, reach, -1):
                dx, dy = rng.randint(-reach, reach, size=(2,))
                x[h, w], x[h + dy, w + dx] = x[h + dy, w + dx], x[h, w]
    return clipped(blurred(x / 255.0, sigma))


def disk(radius, alias):
    if radius <= 8:
        side, soft = np.arange(-8, 9), (3, 3)
    else:
        side, soft = np.arange(-radius, radius + 1), (5, 5)
    x, y = np.meshgrid(side, side)
    kernel = np.array(x**2 + y**2 <= radius**2, dtype=np.float32)
    kernel /= np.sum(kernel)
    return cv2.GaussianBlur(kernel, ksize=soft, sigmaX=alias)


def defocus_blur(image, parameters):
    x = unit(image)
    kernel = disk(*parameters)
    planes = [cv2.filter2D(x[:, :, c], -1, kernel) for c in range(3)]
    return clipped(np.array(planes).transpose(1, 2, 0))


def moved(png, radius, sigma, angle):
    with WandImage(blob=png) as wand:
        wand.motion_blur(radius=radius, sigma=sigma, angle=angle)
        return cv2.imdecode(np.frombuffer(wand.make_blob("png"), np.uint8), cv2.IMREAD_UNCHANGED)


def motion_blur(image, parameters):
    out = io.BytesIO()
    image.save(out, format="PNG")
    x = moved(out.getvalue(), parameters[0], parameters[1], rng.uniform(-45, 45))
    return np.clip(x[..., [2, 1, 0]], 0, 255)


def enlarged(values, factor):
    side = values.shape[0]
    cut = int(np.ceil(side / factor))
    top = (side - cut) // 2
    shape = (factor, factor) + (1,) * (values.ndim - 2)
    large = zoom(values[top : top + cut, top : top + cut], shape, order=1)
    trim = (large.shape[0] - side) // 2
    return large[trim : trim + side, trim : trim + side]


def zoom_blur(image, factors):
    x = unit(image).astype(np.float32)
    total = np.zeros_like(x)
    for factor in factors:
        total += enlarged(x, factor)
    return clipped((x + total) / (len(factors) + 1))


def plasma(side, decay):
    field = np.empty((side, side))
    field[0, 0] = 0
    step, wibble = side, 100.0

    def wibbled(sums):
        return sums / 4 + wibble * rng.uniform(-wibble, wibble, sums.shape)

    while step >= 2:
        half = step // 2
        corners = field[0:side:step, 0:side:step]
        sums = corners + np.roll(corners, -1, axis=0)
        sums += np.roll(sums, -1, axis=1)
        field[half:side:step, half:side:step] = wibbled(sums)
        middle = field[half:side:step, half:side:step]
        field[0:side:step, half:side:step] = wibbled(
            middle + np.roll(middle, 1, axis=0) + corners + np.roll(corners, -1, axis=1))
        field[half:side:step, 0:side:step] = wibbled(
            middle + np.roll(middle, 1, axis=1) + corners + np.roll(corners, -1, axis=0))
        step //= 2
        wibble /= decay
    field -= field.min()
    return field / field.max()


def fog(image, parameters):
    x = unit(image)
    largest = x.max()
    x += parameters[0] * plasma(SIDE, parameters[1])[..., np.newaxis]
    return clipped(x * largest / (largest + parameters[0]))


def frost(image, parameters):
    photograph = PHOTOGRAPHS[rng.randint(5)]
    small = cv2.resize(photograph, (0, 0), fx=0.2, fy=0.2)
    top, left = rng.randint(0, small.shape[0] - SIDE), rng.randint(0, small.shape[1] - SIDE)
    part = small[top : top + SIDE, left : left + SIDE][..., [2, 1, 0]]
    return np.clip(parameters[0] * np.array(image) + parameters[1] * part, 0, 255)


def snow(image, p):
    x = np.array(image, dtype=np.float32) / 255.0
    layer = rng.normal(size=x.shape[:2], loc=p[0], scale=p[1])
    layer = enlarged(layer[..., np.newaxis], p[2])
    layer[layer < p[3]] = 0
    out = io.BytesIO()
    Image.fromarray((np.clip(layer.squeeze(), 0, 1) * 255).astype(np.uint8), mode="L").save(out, "PNG")
    layer = moved(out.getvalue(), p[4], p[5], rng.uniform(-135, -45))
    layer = (layer if layer.ndim == 2 else layer[..., 0]) / 255.0
    layer = layer[..., np.newaxis]
    grey = cv2.cvtColor(x, cv2.COLOR_RGB2GRAY).reshape(SIDE, SIDE, 1)
    x = p[6] * x + (1 - p[6]) * np.maximum(x, grey * 1.5 + 0.5)
    return clipped(x + layer + np.rot90(layer, k=2))


def brightness(image, addend):
    x = rgb2hsv(unit(image))
    x[:, :, 2] = np.clip(x[:, :, 2] + addend, 0, 1)
    return clipped(hsv2rgb(x))


def saturate(image, parameters):
    x = rgb2hsv(unit(image))
    x[:, :, 1] = np.clip(x[:, :, 1] * parameters[0] + parameters[1], 0, 1)
    return clipped(hsv2rgb(x))


def contrast(image, factor):
    x = unit(image)
    mean = np.mean(x, axis=(0, 1), keepdims=True)
    return clipped((x - mean) * factor + mean)


def elastic_transform(image, p):
    x = np.array(image, dtype=np.float32) / 255.0
    centre, reach = np.float32((SIDE, SIDE)) // 2, SIDE // 3
    before = np.float32([centre + reach, [centre[0] + reach, centre[1] - reach], centre - reach])
    after = before + rng.uniform(-p[2], p[2], size=before.shape).astype(np.float32)
    matrix = cv2.getAffineTransform(before, after)
    x = cv2.warpAffine(x, matrix, (SIDE, SIDE), borderMode=cv2.BORDER_REFLECT_101)
    dx, dy = (
        (gaussian_filter(rng.uniform(-1, 1, size=(SIDE, SIDE)), p[1], mode="reflect", truncate=3) * p[0])
        .astype(np.float32)[..., np.newaxis] for _ in range(2))
    columns, rows, channels = np.meshgrid(np.arange(SIDE), np.arange(SIDE), np.arange(3))
    places = np.reshape(rows + dy, (-1, 1)), np.reshape(columns + dx, (-1, 1)), np.reshape(channels, (-1, 1))
    return clipped(map_coordinates(x, places, order=1, mode="reflect").reshape(x.shape))


def pixelate(image, scale):
    small = image.resize((int(SIDE * scale), int(SIDE * scale)), Image.BOX)
    return np.array(small.resize((SIDE, SIDE), Image.BOX))


def jpeg_compression(image, quality):
    out = io.BytesIO()
    image.save(out, "JPEG", quality=int(quality))
    return np.array(Image.open(out))


def spatter(image, p):
    x = np.array(image, dtype=np.float32) / 255.0
    liquid = gaussian(rng.normal(size=x.shape[:2], loc=p[0], scale=p[1]), sigma=p[2])
    liquid[liquid < p[3]] = 0
    if p[5] == 1:
        mask = gaussian(np.where(liquid > p[3], 1, 0).astype(np.float32), sigma=p[4])
        mask[mask < 0.8] = 0
        mask = mask[..., np.newaxis]
        return clipped(x * (1 - mask) + np.array([63, 42, 20]) / 255.0 * mask)
    liquid = (liquid * 255).astype(np.uint8)
    distance = 255 - cv2.Canny(liquid, 50, 150)
    distance = cv2.distanceTransform(distance, cv2.DIST_L2, 5)
    _, distance = cv2.threshold(distance, 20, 20, cv2.THRESH_TRUNC)
    distance = cv2.equalizeHist(cv2.blur(distance, (3, 3)).astype(np.uint8))
    distance = cv2.filter2D(distance, cv2.CV_8U, np.array([[-2, -1, 0], [-1, 1, 1], [0, 1, 2]]))
    distance = cv2.blur(distance, (3, 3)).astype(np.float32)
    mask = cv2.cvtColor(liquid * distance, cv2.COLOR_GRAY2BGRA)
    mask = mask / np.max(mask) * p[4]
    colour = np.full((SIDE, SIDE, 4), [238 / 255.0, 238 / 255.0, 175 / 255.0, 1], np.float32)
    x = cv2.cvtColor(x, cv2.COLOR_RGB2BGRA)
    return cv2.cvtColor(np.clip(x + mask * colour, 0, 1), cv2.COLOR_BGRA2RGB) * 255


def smooth():
    c, y, x = np.meshgrid(np.arange(3), np.arange(SIDE), np.arange(SIDE), indexing="ij")
    return np.uint8(np.floor(127.5 + 100 * np.sin((2 * x + y * (c + 1)) / 6.0))).transpose(1, 2, 0)


# Photographs of the sizes of the published ones; what is on them takes no time.
PHOTOGRAPHS = [np.full((h, w, 3), 120, np.uint8)
               for h, w in ((600, 900), (315, 560), (315, 560), (350, 527), (495, 660))]


def main():
    table = json.load(open(sys.argv[1]))["cifar10c_32"]["corruptions"]
    image = Image.fromarray(smooth())
    for name, of in table.items():
        function = globals()[name]
        parameters = of["severity"]["3"]
        np.uint8(function(image, parameters))
        count, wall, cpu = 0, time.perf_counter(), time.process_time()
        while time.process_time() - cpu < float(sys.argv[2]):
            np.uint8(function(image, parameters))
            count += 1
        print(f"{name},{(time.perf_counter() - wall) / count},{(time.process_time() - cpu) / count}")


if __name__ == "__main__":
    main()
