/**
 * The chain of trust as a tree of boxes: zones below the anchor, answers below their zone, and in
 * each box the keys, DS records, signatures with their dates and proofs of absence it rests on. One
 * tree, shown twice: placed for a picture, and as a nested list. Nothing is judged here.
 */
import { hierarchy } from 'd3-hierarchy';
import {
  isUnchecked,
  type DenialEvidence,
  type LinkEvidence,
  type Security,
  type SignatureEvidence,
  type ZoneEvidence,
} from '../../core/dnssec/evidence.ts';
import type { DnssecRule } from '../../core/dnssec/rules.ts';
import { group, path, rect, text, type Item, type Look } from '../drawing/items.ts';
import type { ChainProof } from './chain-proof.ts';
import { dayOf } from '../messages/dates.ts';
import type { Line } from '../messages/line.ts';
import type { Say } from '../messages/say.ts';

/** How a mark before a line looks; the words say the same. */
export type Mark = 'entry' | 'plain' | 'good' | 'bad' | 'absence';

export interface ChainLine extends Line {
  readonly mark: Mark;
}

export interface ChainBox {
  readonly id: string;
  readonly kind: 'zone' | 'answer';
  readonly title: string;
  readonly security: Security;
  readonly rule: DnssecRule;
  readonly lines: readonly ChainLine[];
  readonly boxes: readonly ChainBox[];
}

/** Mnemonics of the IANA registries: names of things, the same in every language. */
const algorithmNames: Readonly<Record<number, string>> = {
  3: 'DSA',
  5: 'RSASHA1',
  7: 'RSASHA1-NSEC3-SHA1',
  8: 'RSASHA256',
  10: 'RSASHA512',
  13: 'ECDSAP256SHA256',
  14: 'ECDSAP384SHA384',
  15: 'ED25519',
  16: 'ED448',
};
const digestNames: Readonly<Record<number, string>> = { 1: 'SHA-1', 2: 'SHA-256', 4: 'SHA-384' };

const nameOrNumber = (names: Readonly<Record<number, string>>, number: number): string =>
  names[number] ?? String(number);

const signatureLine = (signature: SignatureEvidence): ChainLine => {
  const { name, type, keyTag, inception, expiration, outcome } = signature;
  const args = {
    name,
    type,
    tag: String(keyTag),
    from: dayOf(inception),
    until: dayOf(expiration),
  };
  switch (outcome) {
    case 'valid':
      return { key: 'lookup.picture.signature', args, mark: 'good' };
    // Most often a key of the zone that is not one that trust enters by: nothing is wrong with it.
    case 'dnssec.keys-unmatched':
      return { key: 'lookup.picture.signature-unused', args, mark: 'plain' };
    case 'dnssec.signature-expired':
      return { key: 'lookup.picture.signature-expired', args, mark: 'bad' };
    case 'dnssec.signature-not-yet':
      return { key: 'lookup.picture.signature-not-yet', args, mark: 'bad' };
    default:
      return isUnchecked(outcome)
        ? { key: 'lookup.picture.signature-unchecked', args, mark: 'plain' }
        : { key: 'lookup.picture.signature-bad', args, mark: 'bad' };
  }
};

const denialKind = ({ role, isOptOut }: DenialEvidence) => {
  if (role === 'matches-encloser') return 'encloser';
  if (role === 'matches' || role === 'matches-wildcard') return 'at';
  return isOptOut ? 'opt-out' : 'between';
};

const denialLine = (denial: DenialEvidence): ChainLine => ({
  key: `lookup.picture.denial.${denialKind(denial)}`,
  args: { kind: denial.kind.toUpperCase(), owner: denial.owner, next: denial.next },
  mark: 'absence',
});

const zoneLines = (zone: ZoneEvidence): ChainLine[] => [
  ...zone.anchors.map(({ keyTag, isMatched }): ChainLine => ({
    key: isMatched ? 'lookup.picture.anchor' : 'lookup.picture.anchor-unused',
    args: { tag: String(keyTag) },
    mark: isMatched ? 'entry' : 'plain',
  })),
  ...zone.ds.map(({ keyTag, digestType, isMatched }): ChainLine => ({
    key: isMatched ? 'lookup.picture.ds' : 'lookup.picture.ds-unmatched',
    args: { tag: String(keyTag), digest: nameOrNumber(digestNames, digestType) },
    mark: isMatched ? 'entry' : 'plain',
  })),
  ...zone.keys.map(({ keyTag, algorithm, isEntry }): ChainLine => ({
    key: isEntry ? 'lookup.picture.key-entry' : 'lookup.picture.key',
    args: { tag: String(keyTag), algorithm: nameOrNumber(algorithmNames, algorithm) },
    mark: isEntry ? 'entry' : 'plain',
  })),
  ...zone.signatures.map(signatureLine),
  ...zone.denials.map(denialLine),
];

const answerBox = (link: LinkEvidence): ChainBox => ({
  id: `${link.name}/${link.type}`,
  kind: 'answer',
  title: `${link.name} ${link.type}`,
  security: link.security,
  rule: link.reason,
  // The signatures under a proof of absence say no more than the proof.
  lines:
    link.kind === 'absent' && link.denials.length > 0
      ? link.denials.map(denialLine)
      : [...link.signatures.map(signatureLine), ...link.denials.map(denialLine)],
  boxes: [],
});

/** The boxes without a box above them: anchors, and answers that no anchor stands above. */
export function chainBoxes({ zones, links }: ChainProof): ChainBox[] {
  const names = new Set(zones.map(({ zone }) => zone as string));
  const under = (zone: string): ChainBox[] => [
    ...links.filter((link) => link.zone === zone).map(answerBox),
    ...zones.filter(({ parent }) => parent === zone).map(boxOf),
  ];
  const boxOf = (zone: ZoneEvidence): ChainBox => ({
    id: zone.zone,
    kind: 'zone',
    title: zone.zone,
    security: zone.security,
    rule: zone.reason,
    lines: zoneLines(zone),
    boxes: under(zone.zone),
  });
  return [
    ...zones.filter(({ parent }) => parent === undefined || !names.has(parent)).map(boxOf),
    ...links.filter(({ zone }) => zone === undefined || !names.has(zone)).map(answerBox),
  ];
}

/** The root has a name that nobody sees. */
export const titleOf = ({ title }: ChainBox, say: Say): string =>
  title === '.' ? say('lookup.picture.root') : title;

/** The path of each mark, around its own middle. */
const markPaths: Readonly<Record<Mark, string>> = {
  entry: 'M0,-5L5,0L0,5L-5,0Z',
  plain: 'M-4,0A4,4 0 1,0 4,0A4,4 0 1,0 -4,0Z',
  good: 'M-4,0L-1,4L5,-4',
  bad: 'M-4,-4L4,4M4,-4L-4,4',
  absence: 'M-5,-4V4M5,-4V4M-2,0H2',
};

/** A box with its place; all lengths in the units of the picture. */
export interface PlacedBox {
  readonly box: ChainBox;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly title: readonly string[];
  readonly status: readonly string[];
  /** Why it is not proved; nothing where it is. */
  readonly reason: readonly string[];
  readonly rows: readonly { readonly text: string; readonly mark: Mark | undefined }[];
  /** From the box above: down its left side, then across. */
  readonly link: string | undefined;
}

const rowHeight = 20;
const padding = 10;
const gap = 14;
/** A letter of the picture's type is at most about this wide, a bold one this. */
const letter = 7.8;
const boldLetter = 8.8;

/** Breaks a text into rows of so many letters; a long name after one of its dots, or where it must. */
export const wrapped = (text: string, most: number): string[] => {
  const rows: string[] = [];
  let row = '';
  for (const word of text.split(' ')) {
    const longer = row === '' ? word : `${row} ${word}`;
    if (longer.length <= most) {
      row = longer;
      continue;
    }
    if (row !== '') rows.push(row);
    row = word;
    while (row.length > most) {
      const dot = row.lastIndexOf('.', most - 1) + 1;
      const end = dot > most / 3 ? dot : most;
      rows.push(row.slice(0, end));
      row = row.slice(end);
    }
  }
  return row === '' ? rows : [...rows, row];
};

/** Places the boxes below each other, each level further in: a tree that also fits a narrow page. */
export function placeChain(boxes: readonly ChainBox[], width: number, say: Say) {
  const indent = width < 480 ? 12 : 28;
  const root = hierarchy<{ readonly box?: ChainBox; readonly boxes: readonly ChainBox[] }>(
    { boxes },
    (each) => each.boxes.map((box) => ({ box, boxes: box.boxes })),
  );
  const placed = new Map<string, PlacedBox>();
  let y = 0;
  root.eachBefore((node) => {
    const { box } = node.data;
    if (box === undefined) return;
    const x = (node.depth - 1) * indent;
    const room = width - x - 2 * padding;
    const inner = Math.max(12, Math.floor(room / letter));
    const bold = Math.max(12, Math.floor(room / boldLetter));
    const title = wrapped(titleOf(box, say), bold);
    const status = wrapped(say(`lookup.security.${box.security}`), bold);
    const reason = box.security === 'secure' ? [] : wrapped(say(`rule.${box.rule}`), inner);
    const rows = box.lines.flatMap((line) =>
      wrapped(say(line.key, line.args), inner - 3).map((text, at) => ({
        text,
        mark: at === 0 ? line.mark : undefined,
      })),
    );
    const count = title.length + status.length + reason.length + rows.length;
    const height = 2 * padding + rowHeight * count;
    const above = node.parent?.data.box && placed.get(node.parent.data.box.id);
    placed.set(box.id, {
      box,
      ...{ x, y, width: width - x, height, title, status, reason, rows },
      link:
        above &&
        `M${above.x + indent / 2} ${above.y + above.height}L${above.x + indent / 2} ${y + height / 2}L${x} ${y + height / 2}`,
    });
    y += height + gap;
  });
  return { width, height: Math.max(0, y - gap), boxes: [...placed.values()] };
}

const thin = { stroke: 'line-strong', strokeWidth: 1.5 } as const;
/** What is proved has a whole line. */
const outlines: Readonly<Record<Security, Look>> = {
  secure: thin,
  insecure: { ...thin, dash: '6 4' },
  bogus: { stroke: 'verdict-delivered-to-attacker', strokeWidth: 3 },
  indeterminate: { ...thin, dash: '2 4' },
};

const markLook = (mark: Mark): Look => {
  const stroke = mark === 'bad' ? 'verdict-delivered-to-attacker' : 'ink';
  const strokeWidth = mark === 'bad' ? 2.5 : 1.75;
  return { stroke, strokeWidth, ...(mark === 'entry' && { fill: stroke }) };
};

/** A group for each box, and before it the line that leads to it. */
export const drawChain = ({ boxes }: ReturnType<typeof placeChain>): readonly Item[] =>
  boxes.flatMap(({ box, x, y, width, height, title, status, reason, rows, link }): Item[] => {
    const lineAt = (row: number) => 24 + row * rowHeight;
    const strong = title.length + status.length;
    const words = [...title, ...status, ...reason].map((line, row) =>
      text(line, padding, lineAt(row), 13, { isStrong: row < strong }),
    );
    const lines = rows.flatMap(({ text: line, mark }, row): Item[] => {
      const at = lineAt(words.length + row);
      const before = mark && path(markPaths[mark], { x: 16, y: at - 5, ...markLook(mark) });
      return [...(before ? [before] : []), text(line, 28, at, 13)];
    });
    const frame = rect(
      { x: 1.5, y: 1.5, width: width - 3, height: height - 3 },
      {
        radius: 6,
        fill: box.kind === 'zone' ? 'accent-soft' : 'paper',
        ...outlines[box.security],
      },
    );
    return [
      ...(link === undefined ? [] : [path(link, thin)]),
      group({ x, y }, [frame, ...words, ...lines]),
    ];
  });
