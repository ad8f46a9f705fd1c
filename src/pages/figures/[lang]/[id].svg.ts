/** Every figure as an SVG that stands alone. */
import type { APIRoute } from 'astro';
import { drawn, figures } from '../../../site/figures/figures.ts';

export const getStaticPaths = () =>
  (['nl', 'en'] as const).flatMap((lang) =>
    figures.map((figure) => ({
      params: { lang, id: figure.id },
      props: { svg: drawn(figure, lang).svg },
    })),
  );

export const GET: APIRoute<{ svg: string }> = ({ props }) =>
  new Response(props.svg, { headers: { 'Content-Type': 'image/svg+xml' } });
