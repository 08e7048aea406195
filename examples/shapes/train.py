"""Trains a small attention network and a small convolutional one on the embedded `shapes` data.

Both have six residual blocks, nearly the same number of parameters, and one recipe. They are
written as shapes-attention.onnx and shapes-convolution.onnx: input `images` (N, 3, 32, 32) float32
in [0, 1], output `logits` (N, 10), normalisation inside.
"""

import argparse
import math
import time
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from torch import Tensor, nn
from torch.nn import functional as F

CLASSES = 10
BATCH = 32


class Normalise(nn.Module):
    """Pixels from [0, 1] to [-2, 2]."""

    def forward(self, images: Tensor) -> Tensor:
        return (images - 0.5) / 0.25


class SelfAttention(nn.Module):
    def __init__(self, width: int, heads: int):
        super().__init__()
        self.heads = heads
        self.queries = nn.Linear(width, width)
        self.keys = nn.Linear(width, width)
        self.values = nn.Linear(width, width)
        self.out = nn.Linear(width, width)

    def split(self, x: Tensor) -> Tensor:  # (N, T, D) -> (N, heads, T, D / heads)
        return x.unflatten(2, (self.heads, -1)).transpose(1, 2)

    def forward(self, x: Tensor) -> Tensor:  # (N, T, D)
        q, k, v = self.split(self.queries(x)), self.split(self.keys(x)), self.split(self.values(x))
        scores = q @ k.transpose(2, 3) / math.sqrt(q.shape[3])  # (N, heads, T, T)
        mixed = scores.softmax(dim=3) @ v  # (N, heads, T, D / heads)
        return self.out(mixed.transpose(1, 2).flatten(2))  # (N, T, D)


class AttentionBlock(nn.Module):
    """Pre-norm: x + attention(norm(x)), then x + mlp(norm(x))."""

    def __init__(self, width: int, heads: int):
        super().__init__()
        self.norm1 = nn.LayerNorm(width)
        self.attention = SelfAttention(width, heads)
        self.norm2 = nn.LayerNorm(width)
        self.mlp = nn.Sequential(nn.Linear(width, 2 * width), nn.GELU(), nn.Linear(2 * width, width))

    def forward(self, x: Tensor) -> Tensor:  # (N, T, D)
        x = x + self.attention(self.norm1(x))
        return x + self.mlp(self.norm2(x))


def waves(side: int, width: int) -> Tensor:
    """Sines and cosines of row and column, where learned positions start: (side * side, width)."""
    frequencies = 100.0 ** -(torch.arange(width // 4) / (width // 4))  # (D / 4,)
    angles = torch.arange(side)[:, None] * frequencies  # (side, D / 4)
    wave = torch.cat([angles.sin(), angles.cos()], dim=1)  # (side, D / 2)
    rows = wave[:, None].expand(side, side, -1)
    columns = wave[None, :].expand(side, side, -1)
    return torch.cat([rows, columns], dim=2).flatten(0, 1)


class AttentionNetwork(nn.Module):
    """A vision transformer: 4x4 patches, mean over the tokens."""

    def __init__(self, width: int = 48, heads: int = 4, blocks: int = 6):
        super().__init__()
        self.normalise = Normalise()
        self.patches = nn.Conv2d(3, width, kernel_size=4, stride=4)
        self.positions = nn.Parameter(waves(8, width))  # (64, D)
        self.blocks = nn.Sequential(*(AttentionBlock(width, heads) for _ in range(blocks)))
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, CLASSES)

    def forward(self, images: Tensor) -> Tensor:  # (N, 3, 32, 32)
        x = self.patches(self.normalise(images))  # (N, D, 8, 8)
        x = x.flatten(2).transpose(1, 2) + self.positions  # (N, 64, D)
        x = self.norm(self.blocks(x))
        return self.head(x.mean(dim=1))  # (N, 10)


class ConvolutionBlock(nn.Module):
    """relu(x + f(x)), f two 3x3 convolutions with batch normalisation; 1x1 skip on a change."""

    def __init__(self, before: int, after: int, stride: int):
        super().__init__()
        self.convolution1 = nn.Conv2d(before, after, 3, stride, padding=1, bias=False)
        self.norm1 = nn.BatchNorm2d(after)
        self.convolution2 = nn.Conv2d(after, after, 3, padding=1, bias=False)
        self.norm2 = nn.BatchNorm2d(after)
        self.skip = nn.Sequential()
        if stride != 1 or before != after:
            self.skip = nn.Sequential(
                nn.Conv2d(before, after, 1, stride, bias=False), nn.BatchNorm2d(after))

    def forward(self, x: Tensor) -> Tensor:  # (N, C, H, W)
        y = F.relu(self.norm1(self.convolution1(x)))
        return F.relu(self.skip(x) + self.norm2(self.convolution2(y)))


class ConvolutionNetwork(nn.Module):
    """A residual network of three stages of two blocks."""

    def __init__(self, widths: tuple[int, ...] = (16, 32, 48)):
        super().__init__()
        self.normalise = Normalise()
        self.stem = nn.Conv2d(3, widths[0], 3, stride=2, padding=1, bias=False)  # (N, C, 16, 16)
        self.norm = nn.BatchNorm2d(widths[0])
        blocks, before = [], widths[0]
        for stage, after in enumerate(widths):
            blocks += [ConvolutionBlock(before, after, 1 if stage == 0 else 2)]
            blocks += [ConvolutionBlock(after, after, 1)]
            before = after
        self.blocks = nn.Sequential(*blocks)  # (N, C, 4, 4)
        self.head = nn.Linear(before, CLASSES)

    def forward(self, images: Tensor) -> Tensor:  # (N, 3, 32, 32)
        x = F.relu(self.norm(self.stem(self.normalise(images))))
        return self.head(self.blocks(x).mean(dim=(2, 3)))  # (N, 10)


NETWORKS = {"convolution": ConvolutionNetwork, "attention": AttentionNetwork}


def load(folder: Path) -> tuple[Tensor, Tensor]:
    """Images (N, 3, 32, 32) float32 in [0, 1] and labels (N,) int64."""
    images = torch.from_numpy(np.load(folder / "images.npy"))
    labels = torch.from_numpy(np.load(folder / "labels.npy"))
    assert images.dtype == torch.float32 and images.shape[1:] == (3, 32, 32), images.shape
    assert labels.shape == images.shape[:1], labels.shape
    return images, labels


def turned(images: Tensor, generator: torch.Generator) -> Tensor:
    """Each image (N, 3, 32, 32) in one of the eight positions of the square, at random."""
    flip, mirror, transpose = torch.rand(3, len(images), 1, 1, 1, generator=generator) < 0.5
    images = torch.where(flip, images.flip(2), images)
    images = torch.where(mirror, images.flip(3), images)
    return torch.where(transpose, images.transpose(2, 3), images)


def fit(network: nn.Module, images: Tensor, labels: Tensor, epochs: int, seed: int) -> None:
    """AdamW, cross-entropy, one cycle of the learning rate."""
    generator = torch.Generator().manual_seed(seed)
    optimiser = torch.optim.AdamW(network.parameters(), weight_decay=0.05, fused=True)
    batches = len(images) // BATCH
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, max_lr=1.5e-3, total_steps=epochs * batches, pct_start=0.1)
    start = time.time()
    for epoch in range(epochs):
        network.train()
        order = torch.randperm(len(images), generator=generator)
        total = 0.0
        for batch in order[: batches * BATCH].split(BATCH):
            loss = F.cross_entropy(network(turned(images[batch], generator)), labels[batch])
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += loss.item() / batches
        print(f"  epoch {epoch + 1}: loss {total:.4f}, {time.time() - start:.0f} s", flush=True)


@torch.no_grad()
def correct(network: nn.Module, images: Tensor, labels: Tensor) -> int:
    network.eval()
    logits = torch.cat([network(batch) for batch in images.split(500)])  # (N, 10)
    return int((logits.argmax(dim=1) == labels).sum())


def export(network: nn.Module, file: Path) -> None:
    network.eval()
    torch.onnx.export(
        network, (torch.zeros(2, 3, 32, 32),), str(file), dynamo=False, opset_version=17,
        input_names=["images"], output_names=["logits"],
        dynamic_axes={"images": {0: "batch"}, "logits": {0: "batch"}})
    onnx.checker.check_model(onnx.load(file), full_check=True)


def correct_of_file(file: Path, images: Tensor, labels: Tensor) -> int:
    session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    logits = [session.run(["logits"], {"images": b.numpy()})[0] for b in images.split(500)]
    return int((np.concatenate(logits).argmax(axis=1) == labels.numpy()).sum())


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--train", type=Path, required=True, help="folder of the train split")
    arguments.add_argument("--test", type=Path, required=True, help="folder of the test split")
    arguments.add_argument("--out", type=Path, required=True, help="folder of the .onnx files")
    arguments.add_argument("--seed", type=int, default=0)
    arguments.add_argument("--epochs", type=int, default=30)
    arguments.add_argument("--networks", nargs="+", choices=list(NETWORKS), default=list(NETWORKS))
    options = arguments.parse_args()

    torch.set_num_threads(1)  # the same sums on every machine; the two can be trained side by side
    train, test = load(options.train), load(options.test)
    options.out.mkdir(parents=True, exist_ok=True)
    print(f"torch {torch.__version__}, seed {options.seed}, {options.epochs} epochs")
    for name in options.networks:
        torch.manual_seed(options.seed)
        network = NETWORKS[name]()
        parameters = sum(p.numel() for p in network.parameters())
        print(f"{name}: {parameters} parameters", flush=True)
        fit(network, *train, options.epochs, options.seed)
        file = options.out / f"shapes-{name}.onnx"
        export(network, file)
        print(f"{name}: train {correct(network, *train)}/{len(train[1])}, "
              f"test {correct(network, *test)}/{len(test[1])}, "
              f"of the file {correct_of_file(file, *test)}/{len(test[1])}", flush=True)


if __name__ == "__main__":
    main()
