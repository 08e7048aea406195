#!/usr/bin/env python3
"""Trains the two small networks of `topolip quickstart`, by one recipe, and exports them to ONNX.

    for s in 0 1 2 3 4 5; do topolip data shapes --split train --seed $s --out train$s; done
    topolip data shapes --split test --out test
    python3 train.py --train train0 train1 train2 train3 train4 train5 --test test --out .

Needs PyTorch, ONNX and NumPy. Images are (N, 3, 32, 32) in [0, 1]; normalisation is inside the networks.
"""
import argparse
import json
import math
import pathlib
import time

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

CLASSES = 10


class Attention(nn.Module):
    """A small Vision Transformer: patches of 4 x 4, pre-norm blocks, mean over tokens."""

    def __init__(self, width=64, depth=4, heads=4, patch=4):
        super().__init__()
        self.embed = nn.Conv2d(3, width, patch, patch)
        self.position = nn.Parameter(0.02 * torch.randn(1, (32 // patch) ** 2, width))
        self.blocks = nn.Sequential(*[AttentionBlock(width, heads) for _ in range(depth)])
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, CLASSES)

    def forward(self, images):                                  # (n, 3, 32, 32)
        x = self.embed((images - 0.5) / 0.25)                   # (n, width, 8, 8)
        x = x.flatten(2).transpose(1, 2) + self.position        # (n, 64, width)
        x = self.norm(self.blocks(x))                           # (n, 64, width)
        return self.head(x.mean(1))                             # (n, 10)


class AttentionBlock(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.project = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.mlp = nn.Sequential(nn.Linear(width, 2 * width), nn.GELU(), nn.Linear(2 * width, width))

    def forward(self, x):                                       # (n, tokens, width)
        n, tokens, width = x.shape
        qkv = self.qkv(self.norm1(x)).reshape(n, tokens, 3, self.heads, width // self.heads)
        q, k, v = qkv.permute(2, 0, 3, 1, 4).unbind(0)          # each (n, heads, tokens, width / heads)
        weights = (q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])).softmax(-1)
        x = x + self.project((weights @ v).transpose(1, 2).reshape(n, tokens, width))
        return x + self.mlp(self.norm2(x))


class Convolution(nn.Module):
    """A small residual network: as many blocks and nearly as many parameters as Attention."""

    def __init__(self, widths=(32, 32, 48, 56)):
        super().__init__()
        self.stem = nn.Sequential(
            nn.Conv2d(3, widths[0], 3, 2, 1, bias=False), nn.BatchNorm2d(widths[0]), nn.ReLU())
        strides = (1, 1, 2, 2)
        self.blocks = nn.Sequential(*[
            ConvolutionBlock(a, b, s) for a, b, s in zip((widths[0], *widths), widths, strides)])
        self.head = nn.Linear(widths[-1], CLASSES)

    def forward(self, images):                                  # (n, 3, 32, 32)
        x = self.stem((images - 0.5) / 0.25)                    # (n, 32, 16, 16)
        x = self.blocks(x)                                      # (n, 56, 4, 4)
        return self.head(x.mean((2, 3)))                        # (n, 10)


class ConvolutionBlock(nn.Module):
    def __init__(self, before, width, stride):
        super().__init__()
        self.branch = nn.Sequential(
            nn.Conv2d(before, width, 3, stride, 1, bias=False), nn.BatchNorm2d(width), nn.ReLU(),
            nn.Conv2d(width, width, 3, 1, 1, bias=False), nn.BatchNorm2d(width))
        same = before == width and stride == 1
        self.skip = nn.Identity() if same else nn.Sequential(
            nn.Conv2d(before, width, 1, stride, bias=False), nn.BatchNorm2d(width))

    def forward(self, x):                                       # (n, before, h, w)
        return F.relu(self.skip(x) + self.branch(x))            # (n, width, h / stride, w / stride)


def load(folders):
    images = np.concatenate([np.load(pathlib.Path(f) / "images.npy") for f in folders])
    labels = np.concatenate([np.load(pathlib.Path(f) / "labels.npy") for f in folders])
    return torch.from_numpy(images), torch.from_numpy(labels)


def correct(network, images, labels):
    network.eval()
    with torch.no_grad():
        return sum((network(x).argmax(1) == y).sum().item()
                   for x, y in zip(images.split(250), labels.split(250)))


def train(network, images, labels, epochs, batch=128, peak=2e-3):
    optimizer = torch.optim.AdamW(network.parameters(), lr=peak, weight_decay=0.05)
    steps = epochs * (len(images) // batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / (0.05 * steps), 0.5 * (1 + math.cos(math.pi * s / steps))))
    for epoch in range(epochs):
        network.train()
        started, total = time.time(), 0.0
        for indices in torch.randperm(len(images))[: len(images) // batch * batch].split(batch):
            loss = F.cross_entropy(network(images[indices]), labels[indices], label_smoothing=0.05)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch + 1}/{epochs} loss {total / (len(images) // batch):.4f} "
              f"{time.time() - started:.0f} s", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--train", nargs="+", required=True)
    parser.add_argument("--test", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    images, labels = load(options.train)
    held_out = load([options.test])
    report = {"torch": torch.__version__, "seed": options.seed, "epochs": options.epochs}
    for name, make in (("shapes-convolution", Convolution), ("shapes-attention", Attention)):
        torch.manual_seed(options.seed)
        network = make()
        parameters = sum(p.numel() for p in network.parameters())
        print(f"{name}: {parameters} parameters", flush=True)
        train(network, images, labels, options.epochs)
        hits = correct(network, *held_out)
        print(f"{name}: {hits}/{len(held_out[1])} correct", flush=True)
        report[name] = {"parameters": parameters, "correct": hits, "of": len(held_out[1])}
        torch.onnx.export(
            network.eval(), torch.zeros(2, 3, 32, 32), str(pathlib.Path(options.out) / f"{name}.onnx"),
            input_names=["images"], output_names=["logits"], opset_version=17, dynamo=False,
            dynamic_axes={"images": {0: "batch"}, "logits": {0: "batch"}})
    (pathlib.Path(options.out) / "training.json").write_text(json.dumps(report, indent=2) + "\n")


if __name__ == "__main__":
    main()
