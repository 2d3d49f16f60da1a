"""PyTorch on one thread: the same network, one line of JSON per command on stdin, one per answer on stdout."""

import json
import re
import resource
import sys
import time

import numpy as np
import torch
from torch import nn

torch.set_num_threads(1)
torch.manual_seed(1)
EVALUATE_BATCH = 1000


def build(layers):
    """The layers as modules; softmax is left to the loss, as PyTorch has it. Images are [1, 28, 28]."""
    modules, shape = [], [1, 28, 28]
    for layer in layers:
        kind = layer["kind"]
        if kind == "flatten":
            modules.append(nn.Flatten())
            shape = [int(np.prod(shape))]
        elif kind == "dense":
            modules.append(nn.Linear(shape[0], layer["units"]))
            shape = [layer["units"]]
        elif kind == "conv2d":
            size = layer["kernelSize"]
            modules.append(nn.Conv2d(shape[0], layer["filters"], size))
            shape = [layer["filters"], shape[1] - size + 1, shape[2] - size + 1]
        elif kind == "maxPooling2d":
            size = layer["poolSize"]
            modules.append(nn.MaxPool2d(size))
            shape = [shape[0], shape[1] // size, shape[2] // size]
        if layer.get("activation") == "relu":
            modules.append(nn.ReLU())
    return nn.Sequential(*modules)


def read(folder, split):
    images = np.fromfile(f"{folder}/{split}-images", np.uint8)
    labels = np.fromfile(f"{folder}/{split}-labels", np.uint8)
    xs = torch.from_numpy(images.astype(np.float32) / 255).reshape(-1, 1, 28, 28)
    return xs, torch.from_numpy(labels.astype(np.int64))


class Bench:
    def prepare(self, layers, batchSize, folder, learningRate):
        self.batch_size = batchSize
        self.train_set, self.test_set = read(folder, "train"), read(folder, "test")
        self.model = build(layers)
        self.loss = nn.CrossEntropyLoss()
        self.optimizer = torch.optim.Adam(self.model.parameters(), lr=learningRate)
        self.order = torch.randperm(len(self.train_set[1]))
        self.position = 0

    def rows(self, count):
        if self.position + count > len(self.order):
            self.order, self.position = torch.randperm(len(self.order)), 0
        self.position += count
        return self.order[self.position - count : self.position]

    def train(self, steps):
        xs, ys = self.train_set
        batches = [self.rows(self.batch_size) for _ in range(steps)]
        total = 0.0
        since = time.perf_counter()
        for rows in batches:
            self.optimizer.zero_grad(set_to_none=True)
            loss = self.loss(self.model(xs[rows]), ys[rows])
            loss.backward()
            self.optimizer.step()
            total += loss.item()
        return {"ms": (time.perf_counter() - since) * 1000, "loss": total / steps}

    def evaluate(self, count):
        xs, ys = self.test_set
        correct = 0
        since = time.perf_counter()
        with torch.no_grad():
            for start in range(0, count, EVALUATE_BATCH):
                end = min(start + EVALUATE_BATCH, count)
                correct += int((self.model(xs[start:end]).argmax(1) == ys[start:end]).sum())
        return {"ms": (time.perf_counter() - since) * 1000, "correct": correct}

    def memory(self):
        """Peak resident memory; Linux counts it in KiB, macOS in bytes."""
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak if sys.platform == "darwin" else peak * 1024


def blas():
    """The library that multiplies matrices, as far as Linux tells; the plain one is several times slower."""
    try:
        with open("/proc/self/maps") as maps:
            names = set(re.findall(r"/(\S*(?:blas|mkl_core|blis)\S*)$", maps.read(), re.MULTILINE))
    except OSError:
        return "BLAS not known"
    for name in ("openblas", "mkl", "blis"):
        if any(name in library for library in names):
            return name
    return "plain BLAS, several times slower than OpenBLAS" if names else "BLAS not known"


bench = Bench()
print(json.dumps({"version": torch.__version__, "blas": blas()}), flush=True)
for line in sys.stdin:
    command = json.loads(line)
    result = getattr(bench, command["call"])(**command["arguments"])
    print(json.dumps(result), flush=True)
