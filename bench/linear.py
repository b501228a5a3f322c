"""How time grows with the length of a text: the table, and the one figure that tells whether it is linear."""

from collections.abc import Mapping

_KB = 1024


def per_kb(growth: Mapping[int, float]) -> Mapping[int, float]:
    """Milliseconds per kilobyte, by size in bytes, from seconds by size."""
    return {size: seconds * 1_000 / (size / _KB) for size, seconds in growth.items()}


def growth_ratio(growth: Mapping[int, float]) -> float:
    """The time per kilobyte of the largest size to that of the smallest: about 1 where time is linear."""
    each = per_kb(growth)
    return each[max(each)] / each[min(each)]


def print_growth(title: str, growth: Mapping[int, float]) -> None:
    """Print seconds of processor time by size in bytes as a table."""
    print(f"{title:<40} {'KB/s':>8} {'cpu s':>8} {'ms/KB':>8}")
    for size, each in per_kb(growth).items():
        print(f"  {size / _KB:>12,.0f} KB {'':<22} {1_000 / each:8,.0f} {growth[size]:8.3f} {each:8.3f}")
    print(f"  time per KB, largest / smallest: {growth_ratio(growth):.2f} (linear is about 1)\n")
