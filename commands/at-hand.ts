/**
 * What some tests look at where this machine has it, and skip where it has not. A run of `npm test` says at its
 * end what it left out, and why. All else that tests need, `programs.ts` installs or stops for.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { noPostfixBecause } from '../tests/testbed/postfix.ts';
import { firefoxPath, withoutFirefox } from './browsers.ts';
import { hasSpin, withoutSpin } from './laws/spin.ts';

const texts = process.env['TEXTS'] ?? '../texts';
const first = (...paths: readonly string[]): string | undefined => paths.find(existsSync);

/** Texts of standards. */
export const textsFolder = first(texts);
export const memoFile = first(join(texts, 'FS-160608.3D.txt'), '../shared/seed/FS-160608.3D.txt');
/** Conformance vectors of other projects. */
export const vectorsFolder = first('../shared/vectors');

/** For a stage of `npm test`: what it left out on this machine. */
export function leftOut(stage: string): readonly string[] {
  const without: readonly (readonly [string, boolean, string])[] = [
    [
      'unit',
      textsFolder === undefined,
      'No texts of standards (TEXTS=their folder, or ../texts): clauses were held to the record of what was found in them.',
    ],
    [
      'unit',
      memoFile === undefined,
      'No text of the memo there: its quotations were held to the record of what was found in it.',
    ],
    [
      'unit',
      vectorsFolder === undefined,
      'No ../shared/vectors: only the conformance vectors of this project were tried.',
    ],
    [
      'programs',
      noPostfixBecause() !== undefined,
      `No Postfix here, as ${noPostfixBecause()}: connecting to a real one was left out.`,
    ],
    ['programs', !hasSpin(), withoutSpin],
    ['browser', firefoxPath === undefined, withoutFirefox],
  ];
  return without.flatMap(([of, isMissing, says]) => (of === stage && isMissing ? [says] : []));
}
