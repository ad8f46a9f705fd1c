/** The printed trace of every scenario, in both languages; the corpus is on the living site. */
import type { APIRoute } from 'astro';
import { isPinnedEdition } from '../site/release.ts';
import { tracePath } from '../site/scenarios/corpus.ts';
import { printedFor, scenariosOfBuild } from '../site/scenarios/scenarios.ts';
import { langs } from '../view/messages/lang.ts';

export const getStaticPaths = () =>
  (isPinnedEdition ? [] : langs).flatMap((lang) =>
    scenariosOfBuild().map((named) => ({
      params: { trace: tracePath(named.id, lang).replace(/^\/|\.txt$/g, '') },
      props: { text: printedFor(named, lang) },
    })),
  );

export const GET: APIRoute<{ text: string }> = ({ props }) => new Response(props.text);
