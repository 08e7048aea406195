#!/usr/bin/env python3
"""Writes docs/study.md and docs/study/*.svg from the folders of studies: no number in it is typed.

    docs/study.py STUDY_FOLDER... [--out docs/study.md]

A folder is what `topolip study --out FOLDER` leaves. Needs Python 3.9 and nothing else.
"""
import argparse
import json
import os
import re
import shutil
from itertools import combinations
from pathlib import Path

HEADLINE = "adjacent union scale-free mean"
SCALE_FREE = "TopoLip, scale-free"
HERE = Path(__file__).resolve().parent
ALL, WITHIN = "all", "within families"
LEVEL = 0.05


def number(x):
    return "–" if x is None else f"{x:.4g}"


def percent(x):
    return "–" if x is None else f"{100 * x:.1f} %"


def table(header, rows):
    flush = ["--:" if rows and all(re.match(r"[-–\d]", str(row[i])) for row in rows) else "---"
             for i in range(len(header))]
    lines = [header, flush] + rows
    return "\n".join("| " + " | ".join(str(c).replace("|", "\\|") for c in line) + " |" for line in lines) + "\n"


def over_seeds(values, show):
    """The mean, with the lowest and the highest seed; undefined if it is for one of them."""
    if not values or any(v is None for v in values):
        return "–"
    mean = show(sum(values) / len(values))
    return mean if len(values) == 1 else f"{mean} [{show(min(values))}, {show(max(values))}]"


def mean(values):
    return None if not values or any(v is None for v in values) else sum(values) / len(values)


class Study:
    def __init__(self, folder):
        self.folder = Path(folder)
        self.json = json.loads((self.folder / "study.json").read_text(encoding="utf-8"))
        self.study = self.json["study"]
        self.networks = {}
        for trained in self.json["networks"]:
            self.networks.setdefault(trained["network"], []).append(trained)
        self.losses = list(dict.fromkeys(l for n in self.json["networks"] for l in n["losses"]))
        kind, _, path = self.study["data"].partition(":")
        names = {"cifar10": "CIFAR-10", "cifar100": "CIFAR-100", "shapes": "generated shapes"}
        self.data = names.get(kind, "Fashion-MNIST" if "fashion" in path.lower() else Path(path).name)
        self.title = f"{self.study['name']} on {self.data}"
        self.slug = re.sub(r"\W+", "-", self.title.lower()).strip("-")

    def measure(self, network, name):
        return [t["measures"].get(name) for t in self.networks[network]]

    def loss(self, network, name):
        return [t["losses"].get(name) for t in self.networks[network]]

    def family(self, name):
        """Variants of a sweep are no further networks."""
        variants = {n["name"] for n in self.study["networks"] if n.get("base")}
        return [n for n, seeds in self.networks.items() if seeds[0]["family"] == name and n not in variants]

    def associations(self, **fields):
        return [a for a in self.json["associations"] if all(a[k] == v for k, v in fields.items())]

    def command(self):
        """As it was typed, with files by their names: folders are of one machine."""
        words = self.json["provenance"]["command"]
        return re.sub(r"(?<=[\s:'\"=])/\S*/(?=[^\s/])", "", words)

    def made(self):
        p = self.json["provenance"]
        return f"TopoLip {p['version']}, commit {p['commit'][:10]}, {p['jdk']}, {p['machine']}.\n"


def compared(study, values):
    """In how many pairs of an attention and a convolution network the first is lower, with the exact
    two-sided p-value over all ways to name the networks (Mann-Whitney); None without both families."""
    a, b = study.family("attention"), study.family("convolution")
    found = {n: mean(values(n)) for n in a + b}
    if not a or not b or any(v is None for v in found.values()):
        return None

    def lower(group):
        rest = [n for n in found if n not in group]
        return sum((found[x] < found[y]) + 0.5 * (found[x] == found[y]) for x in group for y in rest)

    pairs, observed = len(a) * len(b), lower(a)
    ways = [abs(lower(group) - pairs / 2) for group in combinations(found, len(a))]
    p = sum(w >= abs(observed - pairs / 2) - 1e-9 for w in ways) / len(ways)
    return observed, pairs, p, 2 / len(ways)


def verdict(lower, pairs, p, least):
    if least > LEVEL:
        return f"cannot be decided: with so few networks p is at least {number(least)}"
    share = lower / pairs
    if p > LEVEL:
        return "leans to the claim, not beyond chance" if share > 0.5 else (
            "leans against the claim, not beyond chance" if share < 0.5 else "neither way")
    return "agrees with the claim" if share > 0.5 else "contradicts the claim"


def families(study):
    rows = []
    for name, values in [
        ("TopoLip, raw", lambda n: study.measure(n, "adjacent union raw mean")),
        (SCALE_FREE, lambda n: study.measure(n, HEADLINE)),
        ("largest rate, scale-free", lambda n: study.measure(n, "adjacent union scale-free max")),
    ] + [(f"accuracy lost under {l}", lambda n, l=l: study.loss(n, l)) for l in study.losses]:
        result = compared(study, values)
        if result:
            rows.append([name, f"{result[0]:g} of {result[1]}", number(result[2]), verdict(*result)])
    return rows


def prediction(study, among):
    """The headline measure against each loss: what the claim says is a positive correlation."""
    rows = []
    for a in study.associations(measure=HEADLINE, among=among):
        sign = "agrees" if a["spearman"] > 0 else "contradicts" if a["spearman"] < 0 else "neither"
        sure = "" if a["familyWise"] <= LEVEL else ", not beyond chance" if a["p"] > LEVEL else (
            ", not after correction")
        # Where every resample has the same order, an interval would say that nothing is uncertain.
        interval = "" if a["low"] == a["high"] else f" [{number(a['low'])}, {number(a['high'])}]"
        rows.append([a["loss"], a["count"], number(a["spearman"]) + interval,
                     number(a["kendall"]), number(a["p"]), number(a["familyWise"]), sign + sure])
    return rows


def strongest(study):
    """Of each loss, the variant of TopoLip and the other measure that chance explains least."""
    rows = []
    for loss in study.losses:
        found = study.associations(loss=loss, among=ALL)
        topolip = [a for a in found if re.search(r" (raw|scale-free) (mean|max|last|end-to-end)$", a["measure"])]
        others = [a for a in found if a not in topolip]
        for kind, some in (("TopoLip", topolip), ("other", others)):
            if some:
                a = min(some, key=lambda x: (x["familyWise"], -abs(x["spearman"])))
                rows.append([loss, kind, a["measure"], number(a["spearman"]), number(a["p"]),
                             number(a["familyWise"]), len(found)])
    return rows


def standing(study):
    """Which measures predict which losses beyond chance, corrected for all measures of the loss."""
    found = {}
    for a in study.associations(among=ALL):
        if a["familyWise"] <= LEVEL:
            found.setdefault(a["measure"], []).append(f"{a['loss']} (ρ = {number(a['spearman'])})")
    if not found:
        return "  Of all measures, none predicts any loss beyond chance after that correction."
    return "\n".join(["  Of all measures, these predict losses beyond chance after that correction:"]
                     + [f"  - {measure}: {', '.join(losses)}" for measure, losses in found.items()] + [""])


def plain(study):
    """The three things that the claim predicts, in words."""
    sure = [a for a in study.associations(measure=HEADLINE, among=ALL) if a["familyWise"] <= LEVEL]
    signs = {a["spearman"] > 0 for a in sure}
    said = ["does not predict the accuracy lost beyond chance" if not sure else
            "predicts the accuracy lost under some perturbations, as the claim says" if signs == {True} else
            "predicts the accuracy lost under some perturbations, against the claim"]
    rows = {row[0]: row for row in families(study)}
    if SCALE_FREE in rows:
        said.append(f"whether it is lower in attention than in convolution: {rows[SCALE_FREE][3]}")
        losses = [row for name, row in rows.items() if name.startswith("accuracy")]
        beyond = sum(row[3] == "agrees with the claim" for row in losses)
        said.append(f"attention loses less than convolution beyond chance under {beyond} of {len(losses)} perturbations")
    return f"  **In plain words: scale-free TopoLip from layer to layer {'; '.join(said)}.**"


def answer(studies):
    lines = []
    for study in studies:
        overall = prediction(study, ALL)
        if not overall:
            lines.append(f"- **{study.title}**: too few networks for a correlation.")
            continue
        positive = sum(a["spearman"] > 0 for a in study.associations(measure=HEADLINE, among=ALL))
        within = study.associations(measure=HEADLINE, among=WITHIN)
        sure = [a for a in study.associations(measure=HEADLINE, among=ALL) if a["familyWise"] <= LEVEL]
        lines.append(
            f"- **{study.title}**, {len(study.networks)} networks, {len(study.json['networks'])} trainings: more"
            f" scale-free TopoLip goes with more accuracy lost for {positive} of {len(overall)} perturbations over all"
            f" networks" + (f", and for {sum(a['spearman'] > 0 for a in within)} of {len(within)} within families"
                            if within else "") + ".")
        lines.append(
            f"  **After correction for the number of measures the correlation stands, in the sense of the claim, for"
            f" {sum(a['spearman'] > 0 for a in sure)} of {len(overall)} perturbations, against it for"
            f" {sum(a['spearman'] < 0 for a in sure)}.**")
        lines.append(plain(study))
        for row in (r for r in families(study) if r[0] == SCALE_FREE):
            lines.append(f"  Attention has the lower scale-free TopoLip in {row[1]} pairs of an attention and a"
                         f" convolution network (p = {row[2]}): {row[3]}.")
        counts = [r for r in families(study) if r[0].startswith("accuracy")]
        if counts:
            wins = sum(float(r[1].split(" of ")[0]) > float(r[1].split(" of ")[1]) / 2 for r in counts)
            lines.append(f"  It loses less accuracy in most pairs under {wins} of {len(counts)} perturbations.")
        lines.append(standing(study))
    return "\n".join(lines)


def words(value):
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value).lower()


def recipe(study):
    s = study.study
    options = [(k, s[k]) for k in ("train", "measure", "accuracy", "attack", "bounds") if s.get(k)]
    rows = [["data", study.data], ["seeds", words(s["seeds"])],
            ["perturbations of paired profiles", words(s["perturbations"])], ["attacks", words(s["attacks"])]]
    rows += [["sensitivity", "; ".join(f"{k} {words(v)}" for k, v in sorted(s["sensitivity"].items()))]
             ] if s.get("sensitivity") else []
    rows += [[k, "; ".join(f"{a} {words(v[a])}" for a in sorted(v))] for k, v in options]
    return table(["setting", "value"], rows)


def network_rows(study):
    rows = []
    for name, seeds in study.networks.items():
        subject = next(n for n in study.study["networks"] if n["name"] == name)
        own = ", ".join(f"{k} {v}" for k, v in (subject.get("train") or {}).items())
        rows.append([name, seeds[0]["family"], f"`{subject.get('architecture') or Path(subject['file']).name}`"
                     + (f", {own}" if own else ""), f"{seeds[0]['parameters']:,}" if seeds[0]["parameters"] else "–",
                     over_seeds([a and a["correct"] / a["total"] for a in (t["accuracy"] for t in seeds)], percent)])
    return rows


def topolip_rows(study):
    degrees = dict.fromkeys(m.split()[1] for t in study.json["networks"] for m in t["measures"]
                            if re.fullmatch(r"adjacent \w+ raw mean", m))
    return [[name, "together" if d == "union" else d]
            + [over_seeds(study.measure(name, f"adjacent {d} {scaling} {statistic}"), number)
               for scaling in ("raw", "scale-free") for statistic in ("mean", "max", "last")]
            for name in study.networks for d in degrees]


def sweep_rows(study):
    rows = []
    for base in study.study["networks"]:
        changed = [n for n in study.study["networks"] if n.get("base") == base["name"]]
        for n in ([base] + changed if changed else []):
            values = lambda m: number(mean(study.measure(n["name"], m)))
            rows.append([f"**{n['name']}**" if n is base else n["change"], values("adjacent union raw mean"),
                         values(HEADLINE), values("adjacent union scale-free max"), values("log10 of the bound"),
                         values("log10 of the constant found")]
                        + [percent(mean([t["accuracies"].get(l) for t in study.networks[n["name"]]]))
                           for l in study.losses])
    return rows


def figures(study, folder, page):
    lines = []
    names = ["rate", "cumulative", "accuracies", "topolip-loss"]
    for name in names + (["correlations"] if study.json["associations"] else []):
        target = folder / f"{study.slug}-{name}.svg"
        shutil.copyfile(study.folder / "figures" / f"{name}.svg", target)
        lines.append(f"![{name} of {study.title}]({os.path.relpath(target, page.parent)})\n")
    return "\n".join(lines)


def section(study, folder, page):
    parts = [f"## {study.title}\n", "```\n" + study.command() + "\n```\n", study.made(), recipe(study),
             "### Networks\n\nMeans over seeds; lowest and highest seed in brackets, here and below.\n",
             table(["network", "family", "architecture", "parameters", "accuracy"], network_rows(study)),
             "### Accuracy under perturbations and attacks\n",
             table(["network"] + study.losses,
                   [[n] + [over_seeds([t["accuracies"].get(l) for t in seeds], percent) for l in study.losses]
                    for n, seeds in study.networks.items()]),
             "### TopoLip\n\nAdjacent protocol: mean, maximum and sum (the last cumulative) of the rates along the layers.\n",
             table(["network", "degree", "raw mean", "max", "sum", "scale-free mean", "max", "sum"],
                   topolip_rows(study))]
    swept = sweep_rows(study)
    if swept:
        parts += ["### What a parameter moves\n\nConstants of the logits are logarithms to base 10.\n",
                  table(["change", "TopoLip", "scale-free", "largest rate", "bound", "found"] + study.losses, swept)]
    if families(study):
        parts += ["### Attention against convolution\n\nThe claim: attention has less TopoLip and loses less. p is of a"
                  " permutation test over networks (Mann–Whitney, exact).\n",
                  table(["quantity", "attention lower, pairs", "p", "verdict"], families(study))]
    for among, title in ((ALL, "over all networks"), (WITHIN, "within families")):
        rows = prediction(study, among)
        if rows:
            parts += [f"### Does scale-free TopoLip predict the accuracy lost, {title}?\n",
                      table(["loss", "networks", "ρ", "τ", "p", "corrected p", "verdict"], rows)]
    settings = study.json.get("sensitivity") or []
    if settings:
        parts += ["### Does it depend on how TopoLip is measured?\n\nτ: order of the networks against the first"
                  " setting. Seeds: deviation over seeds by that over networks. Width: of intervals, by the value.\n",
                  table(["setting", "TopoLip", "networks", "τ", "seeds", "width"],
                        [[s["setting"], s["topolip"], s["count"]]
                         + [number(s[k]) for k in ("kendall", "seedSpread", "width")] for s in settings])]
    if strongest(study):
        parts += ["### Which measure goes with each loss best?\n\nCorrected for all measures of the loss.\n",
                  table(["loss", "kind", "measure", "ρ", "p", "corrected p", "of measures"], strongest(study))]
    return "\n".join(parts + ["### Figures\n", figures(study, folder, page)])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--out", default=str(HERE / "study.md"))
    arguments = parser.parse_args()
    page = Path(arguments.out)
    folder = page.with_suffix("")
    folder.mkdir(parents=True, exist_ok=True)
    studies = [Study(f) for f in arguments.folders]
    slugs = [s.slug for s in studies]
    if len(set(slugs)) < len(slugs):
        raise SystemExit(f"docs/study.py: two studies have the same name and data: {', '.join(slugs)}")
    if not (folder / "growth.svg").exists():
        raise SystemExit(f"docs/study.py: {folder}/growth.svg is missing; make it first with"
                         f" topolip homology examples/circle.csv --complex cech --figure {folder}")
    text = (HERE / "study.template.md").read_text(encoding="utf-8")
    text = text.replace("{answer}", answer(studies))
    text = text.replace("{sections}", "\n".join(section(s, folder, page) for s in studies))
    text = text.replace("{commands}", "\n".join(s.command() for s in studies))
    text = text.replace("{folders}", " ".join(s.folder.name for s in studies))
    page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
