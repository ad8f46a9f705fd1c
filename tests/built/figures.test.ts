/** Figures as files: each stands alone, says what it shows, and has its pictures. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { embeds } from '../../src/site/routes.ts';
import { root } from './site.ts';
import { svgProblems } from './svg.ts';

const drawings = globSync('figures/{nl,en}/*.svg', { cwd: root }).sort();

test('there are figures, the same in both languages', () => {
  const names = (lang: string) =>
    drawings.filter((file) => file.includes(`/${lang}/`)).map((file) => file.split('/').at(-1));
  expect(names('nl').length).toBeGreaterThanOrEqual(7);
  expect(names('en')).toEqual(names('nl'));
});

test('every embed has a figure of its own', () => {
  const ids = new Set(drawings.map((file) => /(\w[\w-]*)\.svg$/.exec(file)?.[1]));
  const figures = embeds.map((embed) => ('figure' in embed ? embed.figure : embed.id));
  expect(figures.filter((id) => !ids.has(id))).toEqual([]);
});

test.each([
  ['<svg><path d="M0 0"></svg>', 'closes something else'],
  ['<svg><path d="M0 0 x"/></svg>', '<path d='],
  ['<svg><rect fill="url(#a)"/></svg>', '<rect fill='],
  ['<svg><image href="#a"/></svg>', 'no <image>'],
  ['<svg><use href="#a"/></svg>', 'nothing has id a'],
  ['<svg><title>a & b</title></svg>', 'a bare &'],
  ['<svg>', 'not closed'],
])('the judge of drawings finds what is wrong with %s', (svg, problem) => {
  expect(svgProblems(svg).join()).toContain(problem);
});

describe.each(drawings)('%s', (file) => {
  const svg = readFileSync(join(root, file), 'utf8');

  test('is valid SVG', () => {
    expect(svgProblems(svg)).toEqual([]);
  });

  test('has a name, a description and a credit line of its own', () => {
    expect(svg).toMatch(
      /role="img" aria-labelledby="figure-title" aria-describedby="figure-description"/,
    );
    expect(svg).toMatch(/<title id="figure-title">[^<]{8,}<\/title>/);
    expect(svg).toMatch(/<desc id="figure-description">[^<]{40,}<\/desc>/);
  });

  test('needs nothing from outside: no font, no style, no script, no address', () => {
    expect(svg).not.toMatch(/<(text|style|script|image|foreignObject)\b/);
    expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(
      /https?:\/\/(?![^<]*<\/desc>)/,
    );
    expect(
      [...svg.matchAll(/href="([^"]*)"/g)].every(([, href = '']) => href.startsWith('#')),
    ).toBe(true);
  });

  test('uses each outline that it has, and has each that it uses', () => {
    const ids = [...svg.matchAll(/<path id="(\w+)"/g)].map(([, id]) => id);
    const used = new Set([...svg.matchAll(/<use href="#(\w+)"/g)].map(([, id]) => id));
    expect(new Set(ids)).toEqual(used);
    expect(ids.length).toBeGreaterThan(5);
  });

  test.each([
    ['', 1],
    ['@2x', 2],
    ['-print', 3],
  ] as const)('has its picture%s of the right size, not empty', async (suffix, scale) => {
    const picture = join(root, file.replace(/\.svg$/, `${suffix}.png`));
    expect(existsSync(picture)).toBe(true);
    const [, width = '0', height = '0'] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
    const { width: wide, height: high } = await sharp(picture).metadata();
    expect(Math.abs((wide ?? 0) - Number(width) * scale)).toBeLessThanOrEqual(scale);
    expect(Math.abs((high ?? 0) - Number(height) * scale)).toBeLessThanOrEqual(scale);
    // Drawn from the file again, small: the same picture, but for how edges are smoothed.
    const small = { width: 200, height: 150, fit: 'fill' } as const;
    const [of, from] = await Promise.all([
      sharp(picture).resize(small).removeAlpha().greyscale().raw().toBuffer(),
      sharp(Buffer.from(svg))
        .flatten({ background: '#ffffff' })
        .resize(small)
        .removeAlpha()
        .greyscale()
        .raw()
        .toBuffer(),
    ]);
    expect(of.length).toBe(from.length);
    const apart = of.reduce((sum, value, index) => sum + Math.abs(value - (from[index] ?? 0)), 0);
    expect(apart / of.length).toBeLessThan(3);
    const { entropy } = await sharp(picture).stats();
    expect(entropy).toBeGreaterThan(0.2);
  });
});
