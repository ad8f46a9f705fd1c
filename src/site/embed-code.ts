/**
 * How high a frame must be for an embed: the worst case measured for its width, in either language
 * (`content/embed-heights.yaml`, written by `npm run heights`), so that no scrollbar appears inside it.
 */
import { z } from 'astro/zod';
import { contentOfBuild, keptForBuild } from './content.ts';
import type { EmbedId } from './routes.ts';

/** Widths at which heights are measured; a column between two of them gets the narrower one's height. */
export const measuredWidths = [280, 320, 480, 640, 768, 1200] as const;

/** Embed → width → height, in pixels. */
const heightsSchema = z.record(z.string(), z.record(z.string(), z.int().positive()));
const heights = keptForBuild(() => contentOfBuild('embed-heights.yaml', heightsSchema));

/** Until a new embed has been measured its frame is as high as most. */
const unmeasuredPixels = 1200;

/** Is there a height for this embed at each width? A test asks; a build goes on without. */
export const isMeasured = (id: EmbedId): boolean =>
  measuredWidths.every((width) => heights()[id]?.[width] !== undefined);

/** The height in pixels that holds this embed, in either language, in a column of `width` pixels. */
export function heightFor(id: EmbedId, width: number): number {
  const narrower = measuredWidths.filter((each) => each <= width).at(-1) ?? measuredWidths[0];
  return heights()[id]?.[narrower] ?? unmeasuredPixels;
}

/** The heights at all measured widths: `{320: 900, …}`. */
export const heightsOf = (id: EmbedId): Readonly<Record<number, number>> =>
  Object.fromEntries(measuredWidths.map((width) => [width, heightFor(id, width)]));

/** The height that holds it at every measured width. */
export const worstHeight = (id: EmbedId): number =>
  Math.max(...measuredWidths.map((width) => heightFor(id, width)));
