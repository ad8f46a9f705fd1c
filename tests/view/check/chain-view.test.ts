/** The chain of trust as boxes: from what a check left behind, over symbolic keys. */
import { describe, expect, test } from 'vitest';
import {
  chainBoxes,
  placeChain,
  wrapped,
  type ChainBox,
} from '../../../src/view/check/chain-view.ts';
import type { ChainProof } from '../../../src/view/check/chain-proof.ts';
import { sayWith } from '../../../src/view/messages/say.ts';
import { readWords } from '../../../src/command-line/read-messages.ts';
import { smallWorld } from '../../core/dnssec/small-world.ts';

const proofOfLookups = (
  ...asked: readonly (readonly [string, 'A' | 'MX' | 'TLSA'])[]
): ChainProof => {
  const results = asked.map(([name, type]) => smallWorld().validate(name, type).result);
  const zones = new Map(results.flatMap((each) => each.zones.map((zone) => [zone.zone, zone])));
  return {
    zones: [...zones.values()],
    links: results.flatMap((each) => each.links),
    claimed: 0,
    overclaimed: 0,
    proved: results.length,
    isClockSuspect: false,
  };
};
const say = sayWith(readWords().nl, 'nl');
const flat = (boxes: readonly ChainBox[]): readonly ChainBox[] =>
  boxes.flatMap((box) => [box, ...flat(box.boxes)]);

describe('the chain of trust', () => {
  const boxes = chainBoxes(
    proofOfLookups(['mx.nl', 'A'], ['nope.nl', 'A'], ['mx.hashed', 'TLSA'], ['loose', 'MX']),
  );

  test('hangs zones below the root, and each answer below its zone', () => {
    expect(boxes.map(({ title }) => title)).toEqual(['.']);
    expect(boxes[0]!.boxes.map(({ title }) => title).sort()).toEqual(['hashed', 'loose', 'nl']);
    const nl = boxes[0]!.boxes.find(({ title }) => title === 'nl')!;
    expect(nl.boxes.map(({ title }) => title)).toEqual(['mx.nl A', 'nope.nl A']);
    expect(flat(boxes).find(({ title }) => title === 'loose')?.security).toBe('insecure');
  });

  test('names the anchor, DS and keys, signatures with dates, and proofs of absence', () => {
    const keys = new Set(flat(boxes).flatMap((box) => box.lines.map((line) => line.key)));
    for (const key of ['anchor', 'ds', 'key-entry', 'signature', 'denial.between', 'denial.at'])
      expect(keys).toContain(`lookup.picture.${key}`);
  });

  test('says every line in words that exist', () => {
    for (const line of flat(boxes).flatMap((box) => box.lines))
      expect(say(line.key, line.args)).not.toBe(line.key);
  });

  test.each([260, 340, 760])('fits %i wide: no box outside, none over another', (width) => {
    const placed = placeChain(boxes, width, say);
    expect(placed.boxes).toHaveLength(flat(boxes).length);
    let bottom = 0;
    for (const { x, y, width: own, height, rows, title } of placed.boxes) {
      expect(x + own).toBeLessThanOrEqual(width);
      expect(y).toBeGreaterThanOrEqual(bottom);
      bottom = y + height;
      for (const text of [...title, ...rows.map((row) => row.text)])
        expect(text.length * 7.8).toBeLessThanOrEqual(Math.max(own, 12 * 7.8));
    }
    expect(placed.height).toBe(bottom);
  });

  test('says why where something is not proved, and nothing where it is', () => {
    for (const { box, reason } of placeChain(boxes, 760, say).boxes)
      expect(reason.join(' ')).toBe(box.security === 'secure' ? '' : say(`rule.${box.rule}`));
    const { boxes: placed } = placeChain(boxes, 760, say);
    expect(placed.some(({ reason }) => reason.length > 0)).toBe(true);
    expect(placed[0]!.title.join(' ')).toBe(say('lookup.picture.root'));
  });

  test('a signature by a key that trust does not enter by is not called wrong', () => {
    const zone = boxes[0]!;
    const [signature] = proofOfLookups(['mx.nl', 'A']).zones[0]!.signatures;
    const lineFor = (outcome: NonNullable<typeof signature>['outcome']) =>
      chainBoxes({
        ...proofOfLookups(['mx.nl', 'A']),
        links: [],
        zones: [
          {
            ...proofOfLookups(['mx.nl', 'A']).zones[0]!,
            signatures: [{ ...signature!, outcome }],
          },
        ],
      })[0]!.lines.at(-1)!;
    expect(zone.kind).toBe('zone');
    expect(lineFor('dnssec.keys-unmatched').mark).toBe('plain');
    for (const outcome of [
      'signature-expired',
      'signature-not-yet',
      'signature-invalid',
    ] as const) {
      const line = lineFor(`dnssec.${outcome}`);
      expect(line.mark).toBe('bad');
      expect(say(line.key, line.args)).not.toBe(line.key);
    }
  });

  test('breaks a long name after a dot', () => {
    expect(wrapped('_25._tcp.in1.post-hosting.test TLSA', 22)).toEqual([
      '_25._tcp.in1.',
      'post-hosting.test TLSA',
    ]);
  });

  test('wraps long names inside, and loses no letter', () => {
    const text = `een ${'x'.repeat(50)} eind`;
    expect(wrapped(text, 20).join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
    expect(Math.max(...wrapped(text, 20).map((row) => row.length))).toBeLessThanOrEqual(20);
  });
});
