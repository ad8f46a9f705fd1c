/**
 * The figures of this site as files: each in its default state, drawn by the code that draws it on the
 * page's own data, with title, description and a credit line in the file.
 */
import { formatNumber, type Say } from '../../view/messages/say.ts';
import type { Lang } from '../../view/messages/lang.ts';
import { showReport } from '../../view/check/report-view.ts';
import { sayIn, t } from '../messages.ts';
import { burdenDrawing } from '../../view/burden/drawing.ts';
import { defaultState as burdenState } from '../../view/burden/state.ts';
import { place as placeBurden, pointsOf } from '../../view/burden/view.ts';
import { codeOf } from '../../view/drawing/code.ts';
import { group } from '../../view/drawing/items.ts';
import { framed, svgOf, type Drawing } from '../../view/drawing/drawing.ts';
import { criteriaDrawing } from '../../view/criteria/drawing.ts';
import { weighingOfMemo } from '../../view/criteria/weighing.ts';
import { firstContactFigure } from '../../view/first-contact/drawing.ts';
import { storyFigure } from '../../view/first-contact/story-figure.ts';
import { climax } from '../../view/first-contact/story.ts';
import { defaultStop, stateOfStop } from '../../view/first-contact/state.ts';
import { runTracks } from '../../view/first-contact/tracks.ts';
import { fullGrid } from '../../view/matrix/axes.ts';
import { chainDrawing } from '../../view/check/chain-drawing.ts';
import { lookupDrawing } from '../../view/check/drawing.ts';
import { drawLadder, ladderOf, sayLadder } from '../../view/laws/ladder.ts';
import {
  drawPoisoned,
  drawPoisonedKey,
  poisonedDayOf,
  sayPoisoned,
} from '../../view/laws/poisoned.ts';
import { drawSpaces, saySpaces } from '../../view/matrix/space.ts';
import { matrixDrawing, matrixTitle } from '../../view/matrix/drawing.ts';
import { matrixOf } from '../../view/matrix/view.ts';
import { simulatorDrawing } from '../../view/simulator/drawing.ts';
import { simulate } from '../../view/simulator/simulate.ts';
import { formatDate } from '../../view/messages/dates.ts';
import { defaultKnobs } from '../../world/simulated/knobs.ts';
import { factsOfBuild } from '../facts/facts.ts';
import { wholeAddress } from '../inputs.ts';
import { recordedProof, recordedRun } from '../recordings.ts';
import { isPinnedEdition, release } from '../release.ts';
import { hrefOf, simulatorPath, type EmbedId, type PageId } from '../routes.ts';
import { firstPresetOf } from '../scenarios/scenarios.ts';
import { lawNameIn, lawsOfBuild, orOf } from '../laws/laws-of-build.ts';
import { figureMatrix, matrixOfBuild, spacesOfBuild } from '../widgets/matrix-of-build.ts';
import { criteriaOfBuild } from '../widgets/criteria-of-build.ts';
import { adoptionDrawing } from './adoption-drawing.ts';
import { firaSans } from './letters.ts';
import { timelineDrawing } from './timeline-drawing.ts';

export interface Figure {
  readonly id: string;
  /** The page that has it, with all that belongs to it. */
  readonly page: PageId;
  /** The embed that shows the same, alive. */
  readonly embed?: EmbedId;
  readonly draw: (lang: Lang, say: Say) => Drawing;
}

const recordedOn = (time: string, lang: Lang, say: Say): string =>
  say('figure.recorded', { date: formatDate(time.slice(0, 10), lang) });

const adoption: readonly Figure[] = factsOfBuild().adoption.map((series) => ({
  id: `adoption-${series.id}`,
  page: 'since-2016',
  draw: (lang, say) => adoptionDrawing(series, lang, say),
}));

export const figures: readonly Figure[] = [
  {
    id: 'home',
    page: 'home',
    embed: 'home',
    draw: (lang, say) => {
      const matrix = figureMatrix('first-contact', 'all', simulatorPath(lang));
      return matrixDrawing(matrix, say('matrix.home-caption'), say, firaSans);
    },
  },
  {
    id: 'matrix',
    page: 'comparison',
    embed: 'matrix',
    draw: (lang, say) => {
      const at = ['first-contact', defaultKnobs, simulatorPath(lang)] as const;
      const matrix = matrixOf(matrixOfBuild(), fullGrid, ...at);
      return matrixDrawing(matrix, matrixTitle('first-contact', say), say, firaSans);
    },
  },
  {
    id: 'story',
    page: 'first-contact',
    embed: 'story',
    draw: (_, say) => storyFigure(climax(), say, firaSans),
  },
  {
    id: 'first-contact',
    page: 'first-contact',
    embed: 'first-contact',
    draw: (_, say) => {
      const state = stateOfStop(defaultStop);
      return firstContactFigure(state, runTracks(state), defaultStop, say, firaSans);
    },
  },
  {
    id: 'burden',
    page: 'burden',
    embed: 'burden',
    draw: (lang, say) => {
      const percent = (share: number) => `${formatNumber(share * 100, lang)}%`;
      const picture = placeBurden(burdenState, pointsOf(burdenState), 760);
      return burdenDrawing(picture, burdenState.lifetime, say, percent);
    },
  },
  {
    id: 'simulator',
    page: 'how-it-works',
    embed: 'simulator',
    draw: (lang, say) => {
      const { knobs, title } = firstPresetOf(lang);
      return simulatorDrawing(simulate(knobs), title, say, firaSans);
    },
  },
  {
    id: 'criteria',
    page: 'criteria',
    embed: 'criteria',
    draw: (lang, say) => {
      const findings = criteriaOfBuild(lang).findings.filter(({ isFirst }) => isFirst);
      return criteriaDrawing(
        weighingOfMemo(findings),
        findings,
        say('criteria.memo-sheet-title'),
        say,
        firaSans,
      );
    },
  },
  {
    id: 'check',
    page: 'check',
    embed: 'check',
    draw: (lang, say) => {
      const view = showReport(recordedRun().report, new Map());
      return lookupDrawing(view, recordedOn(view.checkedAt, lang, say), say, firaSans);
    },
  },
  {
    id: 'chain',
    page: 'check',
    embed: 'check',
    draw: (lang, say) => {
      const { domain, checkedAt } = showReport(recordedRun().report, new Map());
      const when = recordedOn(checkedAt, lang, say);
      return chainDrawing(recordedProof(), { domain, when }, say, firaSans);
    },
  },
  {
    id: 'timeline',
    page: 'since-2016',
    embed: 'timeline',
    draw: (lang, say) =>
      timelineDrawing(factsOfBuild().timeline, say('figure.timeline'), lang, say),
  },
  {
    id: 'laws-attackers',
    page: 'laws',
    embed: 'laws',
    draw: (lang, say) => {
      const groups = ladderOf(lawsOfBuild().results);
      const lawName = lawNameIn(lang);
      const told = sayLadder(groups, lawName, say, (parts) => orOf(parts, lang));
      const picture = drawLadder(groups, lawName, 'wide', say);
      return { ...picture, title: say('laws.ladder'), description: told };
    },
  },
  {
    id: 'laws',
    page: 'laws',
    embed: 'laws',
    draw: (_, say) => {
      const told = poisonedDayOf(lawsOfBuild().results);
      if (told === undefined) throw new Error('results.json: no poisoned day');
      const picture = drawPoisoned(told, 'wide', say);
      const key = drawPoisonedKey(told, picture.width, say);
      return {
        width: picture.width,
        height: picture.height + 8 + key.height,
        title: say('laws.finding'),
        description: sayPoisoned(told, say),
        items: [...picture.items, group({ x: 0, y: picture.height + 8 }, key.items)],
      };
    },
  },
  {
    id: 'laws-choices',
    page: 'choices',
    draw: (lang, say) => {
      const spaces = spacesOfBuild().map(({ protection, space }) => ({
        name: say(`matrix.protection.${protection}`),
        space,
      }));
      const words = { say, or: (parts: readonly string[]) => orOf(parts, lang), simulator: '' };
      return {
        ...drawSpaces(spaces, words),
        title: say('laws.space'),
        description: saySpaces(spaces, words),
      };
    },
  },
  ...adoption,
];

export function figureOf(id: string): Figure {
  const figure = figures.find((each) => each.id === id);
  if (!figure) throw new Error(`no figure "${id}"`);
  return figure;
}

const inner = new Map<string, Drawing>();

/** What the figure shows, without title and credit; drawn once per build. */
export function innerDrawing(figure: Figure, lang: Lang): Drawing {
  const key = `${lang}/${figure.id}`;
  const drawing = inner.get(key) ?? figure.draw(lang, sayIn(lang));
  inner.set(key, drawing);
  return drawing;
}

/** The figure as a file, in a language. */
export function svgFor(figure: Figure, lang: Lang): string {
  const address = wholeAddress(hrefOf(figure.page, lang));
  const credit = t(lang, 'figure.credit', { version: release, address: address ?? '' });
  const code = address === undefined ? undefined : codeOf(address);
  return svgOf(framed(innerDrawing(figure, lang), credit, firaSans, code), firaSans);
}

/**
 * The files of a figure: the drawing, and pictures of it for a screen, a sharp screen, and paper. A release keeps the
 * drawing and the first, in one archive for each language (`commands/release.ts`).
 */
export const pngScales: Readonly<Record<string, number>> = {
  '': 1,
  ...(!isPinnedEdition && { '@2x': 2, '-print': 3 }),
};

/** Its beginning, small: what a list of figures shows of it. A drawing may weigh twelve times as much. */
export const glance = { file: '-glance.webp', width: 560, height: 323, quality: 40 } as const;

export const figureHref = (id: string, lang: Lang, file = '.svg'): string =>
  `/figures/${lang}/${id}${file}`;

/** All figures of a release as files: `commands/release.ts` makes the archive. */
export const figuresOfRelease = (lang: Lang): string => `/v/${release}/figures.${lang}.zip`;
