"""Time and memory of cleaning wrapped text of growing size: the cost per byte must stay flat.

python tests/benchmark/scaling.py [MEGABYTES ...]        (1, 10 and 100 by default)

Every size is cleaned by a fresh process; its own CPU time and peak memory are printed, start-up taken off.
"""

import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

SUBJECTS = "镇上的老邮差 河对岸的木匠 新来的女教师 摆渡的船家 县里派来的技术员 茶馆的掌柜 守林人 学校的会计".split()
TIMES = "天还没有亮的时候 雨停了以后 过了立冬 每逢集市 秋收刚刚结束 那年春天 傍晚收工回来 一连几天".split()
ACTIONS = (
    "沿着石板路慢慢地走到渡口 把修好的水车重新装在溪边 给远方的儿子写了一封很长的信 在仓库里清点剩下的种子 "
    "挨家挨户地通知开会的时间 坐在门槛上听收音机里的天气预报 把晒干的草药一捆一捆地扎好 同大家商量怎样把堤坝加高"
).split()
ENDINGS = "谁也没有多说什么 心里却比谁都清楚 这件事后来很少有人提起 日子就这样过去了 大家都觉得理所当然".split()


def sentence(rng: random.Random) -> str:
    """One sentence of our own making."""
    return f"{rng.choice(TIMES)}，{rng.choice(SUBJECTS)}{rng.choice(ACTIONS)}，{rng.choice(ENDINGS)}。"


def wrapped(megabytes: float, width: int = 34, seed: int = 7) -> str:
    """Paragraphs with an indent, broken every ``width`` characters; about so many megabytes of UTF-8."""
    rng = random.Random(seed)
    lines: list[str] = []
    size = 0
    while size < megabytes * 1e6:
        text = "\u3000\u3000" + "".join(sentence(rng) for _ in range(rng.randint(2, 9)))
        while text:
            end = width + 1 if text[width : width + 1] in "，。" and text[width : width + 1] else width
            lines.append(text[:end])
            size += 3 * len(text[:end]) + 1
            text = text[end:]
    return "\n".join(lines) + "\n"


def measure(path: Path) -> tuple[float, float]:
    """CPU seconds and peak megabytes of one run of the command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    code = (
        "import resource,sys; from cleaner.cli import main\n"
        f"try: main([{str(path)!r}, '-o', '/dev/null'])\n"
        "except SystemExit: pass\n"
        "sys.stderr.write(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, int(done.stderr.split()[-1]) / 1024


def main() -> None:
    sizes = [float(size) for size in sys.argv[1:]] or [1.0, 10.0, 100.0]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.txt"
        path.write_text("", "utf-8")
        start_up, base = measure(path)
        print(f"start-up {start_up:.2f} s, {base:.0f} MB")
        print(f"{'MB':>6} {'seconds':>8} {'s/MB':>7} {'MB/s':>6} {'peak MB':>8}")
        for size in sizes:
            path.write_text(wrapped(size), "utf-8")
            seconds, peak = measure(path)
            real = path.stat().st_size / 1e6
            cost = (seconds - start_up) / real
            print(f"{real:6.1f} {seconds:8.2f} {cost:7.3f} {1 / cost:6.2f} {peak:8.0f}")


main()
