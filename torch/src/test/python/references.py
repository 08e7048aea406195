"""Writes src/test/resources/topolip/torch/references.csv: what torchvision and timm compute.

Weights and images are hashes of their names and places, so that no weights need to be kept:
value i of the tensor NAME is u(NAME, i), made of splitmix64, scaled as below.

    python references.py > ../resources/topolip/torch/references.csv
"""

import sys
import zlib

import numpy as np
import timm
import torch
import torchvision
from timm.models.mlp_mixer import MlpMixer

torch.set_grad_enabled(True)


def uniform(name, count):
    """In [-0.5, 0.5)."""
    with np.errstate(over="ignore"):
        z = np.arange(count, dtype=np.uint64) + np.uint64(zlib.crc32(name.encode()) << 32)
        z = (z + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    return (z >> np.uint64(40)).astype(np.float64) / 2**24 - 0.5


def values(name, shape):
    u = uniform(name, int(np.prod(shape)))
    if len(shape) >= 2:
        u = u * np.sqrt(12.0 / np.prod(shape[1:]))
    elif name.endswith(".running_var") or name.endswith(".weight"):
        u = 1 + 0.5 * u
    else:
        u = 0.5 * u
    return torch.from_numpy(u.astype(np.float32).reshape(shape))


def numbers(tensor, step=1):
    return [f"{v:.9g}" for v in tensor.detach().double().flatten()[::step].tolist()]


def row(case, what, tensor, step=1):
    print(",".join([case, what] + numbers(tensor, step)))


def reference(case, model, side, taps):
    state = model.state_dict()
    for name, tensor in state.items():
        if tensor.is_floating_point():
            tensor.copy_(values(name, list(tensor.shape)))
    model.eval()
    for tap in taps:
        module = dict(model.named_modules())[tap]
        module.register_forward_hook(lambda m, i, o, tap=tap: row(case, "tap:" + tap, o, 97))
    images = torch.from_numpy(
        (uniform("images", 2 * 3 * side * side) + 0.5).astype(np.float32).reshape(2, 3, side, side))
    images.requires_grad_(True)
    logits = model(images)
    row(case, "logits", logits)
    torch.nn.functional.cross_entropy(logits, torch.tensor([3, 7]), reduction="sum").backward()
    row(case, "gradient", images.grad, 97)


print(f"# torch {torch.__version__}, torchvision {torchvision.__version__}, timm {timm.__version__}:"
      " case, what, values (every 97th of taps and gradients); see references.py")
reference("resnet18", torchvision.models.resnet18(num_classes=10), 64, ["layer1.0", "layer4.1"])
reference("resnet50", torchvision.models.resnet50(num_classes=10), 64, ["layer1.2", "layer4.2"])
reference("vit-class-token",
          timm.create_model("vit_tiny_patch16_224", img_size=32, patch_size=4, num_classes=10,
                            depth=4), 32, ["blocks.0", "blocks.1.attn.proj", "norm"])
reference("vit-mean",
          timm.create_model("vit_small_patch16_224", img_size=32, patch_size=8, num_classes=10,
                            depth=3, class_token=False, global_pool="avg", fc_norm=False), 32,
          ["blocks.2"])
reference("mixer",
          MlpMixer(num_classes=10, img_size=32, patch_size=4, num_blocks=3, embed_dim=64), 32,
          ["blocks.0", "norm"])
sys.stdout.flush()
