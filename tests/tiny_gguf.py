"""A language model of 100 KB with random weights: enough for llama.cpp to load and to answer with.

It talks nonsense, but under a JSON Schema its nonsense has the schema's form, so the embedded
engine is tested for real, in a second, without the gigabyte of a model that makes sense.
"""

from __future__ import annotations

import random
import struct
from pathlib import Path
from typing import Any

WIDTH, HEADS, CONTEXT = 32, 2, 100_000
UINT32, FLOAT32, STRING, ARRAY, INT32 = 4, 6, 8, 9, 5
CHAT = "{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}assistant: "


def write_tiny_gguf(path: Path, *, seed: int = 1, chat: str = CHAT) -> Path:
    """Write the file; the same seed gives the same bytes."""
    tokens = [*_byte_tokens(), "<|begin|>", "<|end|>"]
    kinds = [1] * 256 + [3, 3]  # normal, control
    keys: list[tuple[str, int, Any]] = [
        ("general.architecture", STRING, "llama"),
        ("llama.context_length", UINT32, CONTEXT),
        ("llama.embedding_length", UINT32, WIDTH),
        ("llama.block_count", UINT32, 1),
        ("llama.feed_forward_length", UINT32, WIDTH),
        ("llama.attention.head_count", UINT32, HEADS),
        ("llama.attention.layer_norm_rms_epsilon", FLOAT32, 1e-5),
        ("tokenizer.ggml.model", STRING, "gpt2"),
        ("tokenizer.ggml.pre", STRING, "qwen2"),
        ("tokenizer.ggml.tokens", ARRAY, (STRING, tokens)),
        ("tokenizer.ggml.token_type", ARRAY, (INT32, kinds)),
        ("tokenizer.ggml.merges", ARRAY, (STRING, [f"{tokens[0]} {tokens[1]}"])),
        ("tokenizer.ggml.bos_token_id", UINT32, 256),
        ("tokenizer.ggml.eos_token_id", UINT32, 257),
        ("tokenizer.chat_template", STRING, chat),
    ]
    blocks = {f"blk.0.{name}.weight": (WIDTH, WIDTH) for name in _MATRICES}
    norms = {f"blk.0.{name}_norm.weight": (WIDTH,) for name in ("attn", "ffn")}
    tensors = {
        "token_embd.weight": (WIDTH, len(tokens)),
        "output.weight": (WIDTH, len(tokens)),
        "output_norm.weight": (WIDTH,),
        **blocks,
        **norms,
    }
    path.write_bytes(_gguf(keys, tensors, random.Random(seed)))
    return path


_MATRICES = ("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down")


def _gguf(
    keys: list[tuple[str, int, Any]], tensors: dict[str, tuple[int, ...]], chance: random.Random
) -> bytes:
    head = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(keys))
    head += b"".join(
        _text(name) + struct.pack("<I", kind) + _value(kind, v) for name, kind, v in keys
    )
    data = b""
    for name, shape in tensors.items():
        head += _text(name) + struct.pack("<I", len(shape))
        head += b"".join(struct.pack("<Q", n) for n in shape) + struct.pack("<IQ", 0, len(data))
        count = shape[0] * (shape[1] if len(shape) > 1 else 1)
        values = [1.0] * count if len(shape) == 1 else [chance.gauss(0, 0.3) for _ in range(count)]
        data += struct.pack(f"<{count}f", *values)
        data += bytes(-len(data) % 32)
    return head + bytes(-len(head) % 32) + data


def _byte_tokens() -> list[str]:
    """A token a byte, spelled as GPT-2 does: bytes that do not print stand as U+0100 and up."""
    printing = {*range(33, 127), *range(161, 173), *range(174, 256)}
    rest = iter(range(256, 512))
    return [chr(byte if byte in printing else next(rest)) for byte in range(256)]


def _text(text: str) -> bytes:
    return struct.pack("<Q", len(text.encode())) + text.encode()


def _value(kind: int, value: Any) -> bytes:
    if kind == STRING:
        return _text(value)
    if kind == ARRAY:
        inner, items = value
        return struct.pack("<IQ", inner, len(items)) + b"".join(_value(inner, i) for i in items)
    return struct.pack({UINT32: "<I", INT32: "<i", FLOAT32: "<f"}[kind], value)
