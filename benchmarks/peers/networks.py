"""Networks on TopoLip against PyTorch eager and ONNX Runtime, in turns; prints a table in Markdown.

Both sides have the same weights, images and number of threads; speeds are the best of all turns, ratios
the median of the turns'. Networks of PyTorch are written as torchvision's and timm's, and named as
theirs. Needs PyTorch, ONNX and ONNX Runtime. Usage: networks.py DATA THREADS TURNS CASES COMMAND...,
where COMMAND starts NetworkTimes but for its arguments, and CASES is all or some of
forward,gradient,train,pgd,onnx.
"""
import io, json, os, struct, subprocess, sys, tarfile, tempfile, time

import numpy as np
import onnx
import onnxruntime
import torch
from torch import nn
from torch.nn import functional as F

BATCH, REPEATS, ATTACKED, STEPS, EPS = 64, 4, 100, 20, 8 / 255


class Block(nn.Module):
    def __init__(self, inner, width):
        super().__init__()
        self.stride, self.added = (1, 0) if inner == width else (2, (width - inner) // 2)
        self.conv1 = nn.Conv2d(inner, width, 3, self.stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)

    def forward(self, x):
        y = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        if self.stride > 1:
            x = F.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, self.added, self.added))
        return F.relu(y + x)


class ResNet20(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(3, 16, 3, 1, 1, bias=False), nn.BatchNorm2d(16)
        for s, (inner, width) in enumerate(((16, 16), (16, 32), (32, 64))):
            blocks = [Block(inner if b == 0 else width, width) for b in range(3)]
            setattr(self, f"layer{s + 1}", nn.Sequential(*blocks))
        self.fc = nn.Linear(64, 10)

    def taps(self, x):
        seen = [F.relu(self.bn1(self.conv1(x)))]
        for block in (*self.layer1, *self.layer2, *self.layer3):
            seen.append(block(seen[-1]))
        return [*seen, self.fc(seen[-1].mean((2, 3)))]


class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads, self.qkv, self.proj = heads, nn.Linear(width, 3 * width), nn.Linear(width, width)

    def forward(self, x):
        n, tokens, width = x.shape
        q, k, v = self.qkv(x).reshape(n, tokens, 3, self.heads, -1).permute(2, 0, 3, 1, 4).unbind(0)
        mixed = F.scaled_dot_product_attention(q, k, v)
        return self.proj(mixed.transpose(1, 2).reshape(n, tokens, width))


class Mlp(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc1, self.fc2 = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x):
        return self.fc2(F.gelu(self.fc1(x)))


class Layer(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.norm1, self.attn = nn.LayerNorm(width, 1e-6), Attention(width, heads)
        self.norm2, self.mlp = nn.LayerNorm(width, 1e-6), Mlp(width)

    def forward(self, x):
        x = x + self.attn(self.norm1(x))
        return x + self.mlp(self.norm2(x))


class ViT(nn.Module):
    def __init__(self, width=60, depth=6, heads=3):
        super().__init__()
        self.patch_embed = nn.ModuleDict({"proj": nn.Conv2d(3, width, 4, 4)})
        self.cls_token = nn.Parameter(0.02 * torch.randn(1, 1, width))
        self.pos_embed = nn.Parameter(0.02 * torch.randn(1, 65, width))
        self.blocks = nn.Sequential(*(Layer(width, heads) for _ in range(depth)))
        self.norm, self.head = nn.LayerNorm(width, 1e-6), nn.Linear(width, 10)

    def taps(self, x):
        x = self.patch_embed["proj"](x).flatten(2).transpose(1, 2)
        x = torch.cat((self.cls_token.expand(len(x), -1, -1), x), 1) + self.pos_embed
        seen = [x]
        for block in self.blocks:
            seen.append(block(seen[-1]))
        seen.append(self.norm(seen[-1]))
        return [*seen, self.head(seen[-1][:, 0])]


class Normalised(nn.Module):
    def __init__(self, network):
        super().__init__()
        self.network = network
        self.mean = torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1)
        self.std = torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1)

    def taps(self, images):
        return self.network.taps((images - self.mean) / self.std)

    def forward(self, images):
        return self.taps(images)[-1]


def write_safetensors(path, tensors):
    header, offset = {}, 0
    for name, values in tensors.items():
        header[name] = {"dtype": "F32", "shape": list(values.shape), "data_offsets": [offset, offset + values.nbytes]}
        offset += values.nbytes
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(v.tobytes() for v in tensors.values()))


def networks(data, folder):
    """The trained ResNet-20, and a ViT with random weights; their weights go to the folder."""
    torch.manual_seed(1)
    resnet, vit = ResNet20(), ViT()
    trained = onnx.load(f"{data}/models/akamaster_resnet20_unfusedbn_op13.onnx").graph.initializer
    arrays = {t.name.replace("linear.", "fc."): torch.tensor(onnx.numpy_helper.to_array(t)) for t in trained}
    absent = resnet.load_state_dict(arrays, strict=False)
    assert not absent.unexpected_keys and all("num_batches" in k for k in absent.missing_keys), absent
    for name, network in (("resnet20", resnet), ("vit", vit)):
        write_safetensors(f"{folder}/{name}.safetensors", {
            k: v.numpy() for k, v in network.state_dict().items() if "num_batches" not in k})
    return {"resnet20": Normalised(resnet).eval(), "vit": Normalised(vit).eval()}


def test_images(cifar):
    with tarfile.open(cifar) as archive:
        member = next(m for m in archive if m.name.endswith("test_batch.bin"))
        rows = np.frombuffer(archive.extractfile(member).read(), np.uint8).reshape(-1, 3073)
    images = (rows[:, 1:].astype(np.float32) / 255).reshape(-1, 3, 32, 32)
    return torch.from_numpy(images), torch.from_numpy(rows[:, 0].astype(np.int64))


class Watch:
    def __init__(self):
        self.wall, self.cpu = time.perf_counter(), time.process_time()

    def per(self, count):
        """Seconds and CPU seconds of each."""
        return (time.perf_counter() - self.wall) / count, (time.process_time() - self.cpu) / count


def forward(model, images):
    watch = Watch()
    with torch.no_grad():
        for _ in range(REPEATS):
            _ = [tap.numpy() for tap in model.taps(images[:BATCH])]
    return watch.per(REPEATS * BATCH)


def slope(model, x, labels):
    x = x.detach().requires_grad_(True)
    return torch.autograd.grad(F.cross_entropy(model(x), labels, reduction="sum"), x)[0]


def frozen(model, answer):
    for parameter in model.parameters():
        parameter.requires_grad_(False)
    try:
        return answer()
    finally:
        for parameter in model.parameters():
            parameter.requires_grad_(True)


def gradient(model, images, labels):
    watch = Watch()
    for _ in range(REPEATS):
        _ = slope(model, images[:BATCH], labels[:BATCH]).numpy()
    return watch.per(REPEATS * BATCH)


def pgd(model, images):
    clean = images[:ATTACKED]
    watch = Watch()
    with torch.no_grad():
        labels = model(clean).argmax(1)
    x = (clean + EPS * (2 * torch.rand_like(clean) - 1)).clamp(0, 1)
    for _ in range(STEPS):
        x = x + EPS / 4 * slope(model, x, labels).sign()
        x = torch.minimum(torch.maximum(x, clean - EPS), clean + EPS).clamp(0, 1)
    with torch.no_grad():
        _ = model(x).argmax(1)
    return watch.per(STEPS * ATTACKED)


def train(name, model, images, labels):
    """An epoch, after three steps to warm up."""
    model.train()
    if name == "vit":
        optimizer = torch.optim.AdamW(model.parameters(), 1e-3, weight_decay=0.05)
    else:
        optimizer = torch.optim.SGD(model.parameters(), 1e-3, momentum=0.9, weight_decay=1e-4)
    order = torch.randperm(len(images))
    steps = len(images) // BATCH
    for step in range(-3, steps):
        if step == 0:
            watch = Watch()
        ids = order[max(step, 0) * BATCH:][:BATCH]
        logits = model(images[ids])
        loss = F.cross_entropy(logits, labels[ids])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        _ = loss.item(), (logits.argmax(1) == labels[ids]).sum().item()
    seconds = watch.per(steps * BATCH)
    model.eval()
    return seconds


class TopoLip:
    def __init__(self, command, *arguments):
        self.process = subprocess.Popen([*command, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, question, name):
        print(question, name, file=self.process.stdin, flush=True)
        return self.process.stdout.readline().rstrip("\n")

    def seconds(self, case, name):
        return [float(seconds) for seconds in self.ask(case, name).split()]


def runtime(file, names, threads):
    """A session of ONNX Runtime that gives these tensors as well."""
    model = onnx.load(file)
    declared = {output.name for output in model.graph.output}
    model.graph.output.extend(onnx.ValueInfoProto(name=name) for name in names if name not in declared)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    return onnxruntime.InferenceSession(model.SerializeToString(), options, ["CPUExecutionProvider"])


def runtime_forward(session, names, images):
    feed = {session.get_inputs()[0].name: images[:BATCH].numpy()}
    watch = Watch()
    for _ in range(REPEATS):
        session.run(names, feed)
    return watch.per(REPEATS * BATCH)


def main(data, threads, turns, cases, *command):
    torch.set_num_threads(int(threads))
    cases = "forward,gradient,train,pgd,onnx".split(",") if cases == "all" else cases.split(",")
    cifar = f"{data}/cifar10-small.tar.gz"
    images, labels = test_images(cifar)
    with tempfile.TemporaryDirectory() as folder:
        twins = networks(data, folder)
        own = TopoLip(command, folder, cifar, threads)
        rows = []
        for name, twin in twins.items():
            with torch.no_grad():
                theirs = twin(images[:BATCH]).numpy().ravel()
            difference = np.abs(np.array(own.ask("logits", name).split(), float) - theirs).max()
            assert difference < 1e-4, (name, difference)
            peers = {
                "forward": lambda n=name, t=twin: forward(t, images),
                "gradient": lambda n=name, t=twin: frozen(t, lambda: gradient(t, images, labels)),
                "train": lambda n=name, t=twin: train(n, t, images, labels),
                "pgd": lambda n=name, t=twin: frozen(t, lambda: pgd(t, images)),
            }
            rows += [(case, name, peers[case]) for case in cases if case in peers]
        if "onnx" in cases:
            models = [f"{folder}/{name}.onnx" for name in twins] + [
                f"{data}/models/{name}.onnx" for name in ("akamaster_resnet20_in01_op13", "vit_cifar10_op17", "vit_cifar10_dynamo")]
            for file in models:
                names = own.ask("taps", file).split("\t")
                session = runtime(file, names, int(threads))
                made = [n for n in names if n not in {i.name for i in session.get_inputs()}]
                rows.append(("forward", file, lambda s=session, m=made: runtime_forward(s, m, images)))
        print("| | network | peer, images/s | TopoLip, images/s | ratio | ratio of CPU time |\n|---|---|---|---|---|---|")
        for case, name, peer in rows:
            turns_of = [(own.seconds(case, name), peer()) for _ in range(int(turns))]
            ours, theirs = np.array(turns_of).min(0)
            ratio, cpu = np.median([np.divide(them, us) for us, them in turns_of], 0)
            print(f"| {case} | {os.path.basename(name)} | {1 / theirs[0]:,.0f} | {1 / ours[0]:,.0f} | {ratio:.2f} | {cpu:.2f} |", flush=True)
        own.process.stdin.close()
        own.process.wait()


main(*sys.argv[1:])
