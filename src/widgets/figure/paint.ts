/** A drawing on a canvas: the same shapes in the same order as in the SVG (`drawing.ts`). */
import { verdictShapes } from '../../view/verdict.ts';
import {
  ink,
  verdictInk,
  type Drawing,
  type Shape,
  type Weight,
} from '../../view/drawing/drawing.ts';

export const fontOf = (size: number, weight: Weight): string =>
  `${weight} ${size}px "Fira Sans", "Segoe UI", "Helvetica Neue", Arial, sans-serif`;

type Canvas = CanvasRenderingContext2D;

interface Look {
  readonly fill?: string | undefined;
  readonly stroke?: string | undefined;
  readonly width?: number | undefined;
  readonly dash?: string | undefined;
  readonly isRound?: boolean;
}

/** Fill first, stroke on it, as in SVG. */
function apply(context: Canvas, path: Path2D, look: Look): void {
  const { fill, stroke, width = 1, dash, isRound = false } = look;
  if (fill && fill !== 'none') {
    context.fillStyle = fill;
    context.fill(path, 'evenodd');
  }
  if (!stroke) return;
  context.strokeStyle = stroke;
  context.lineWidth = width;
  context.lineCap = isRound ? 'round' : 'butt';
  context.lineJoin = isRound ? 'round' : 'miter';
  context.setLineDash(dash ? dash.split(/[\s,]+/).map(Number) : []);
  context.stroke(path);
}

/** Paints in the coordinates of a box that is put at a place and a size. */
function placed(
  context: Canvas,
  { x, y, scale }: { readonly x: number; readonly y: number; readonly scale: number },
  inside: () => void,
): void {
  context.save();
  context.translate(x, y);
  context.scale(scale, scale);
  inside();
  context.restore();
}

function paintShape(shape: Shape, context: Canvas): void {
  const path = new Path2D();
  switch (shape.kind) {
    case 'rect':
      path.roundRect(shape.x, shape.y, shape.width, shape.height, shape.radius ?? 0);
      // Its width is that of the box, not of the stroke.
      return apply(context, path, { ...shape, width: shape.strokeWidth });
    case 'line':
      path.moveTo(shape.x1, shape.y1);
      path.lineTo(shape.x2, shape.y2);
      return apply(context, path, shape);
    case 'path':
      return apply(context, new Path2D(shape.d), shape);
    case 'circle':
      path.arc(shape.x, shape.y, shape.radius, 0, 2 * Math.PI);
      return apply(context, path, { ...shape, width: shape.strokeWidth });
    case 'mark':
      return placed(context, shape, () =>
        apply(context, new Path2D(shape.d), { ...shape, isRound: true }),
      );
    case 'verdict': {
      const { outer, inner } = verdictShapes[shape.verdict];
      return placed(context, shape, () => {
        apply(context, new Path2D(outer), { fill: verdictInk[shape.verdict].ink });
        if (inner)
          apply(context, new Path2D(inner), { stroke: ink.paper, width: 2.2, isRound: true });
      });
    }
    case 'text': {
      const { x, y, text, size, weight = 400, anchor = 'start', fill = ink.ink } = shape;
      context.font = fontOf(size, weight);
      context.textAlign = anchor === 'middle' ? 'center' : anchor;
      context.fillStyle = fill;
      context.fillText(text, x, y);
      if (!shape.isStruck) return;
      const { width } = context.measureText(text);
      const left = anchor === 'middle' ? x - width / 2 : anchor === 'end' ? x - width : x;
      context.fillRect(left, y - size * 0.34, width, size / 12);
    }
  }
}

export function paint({ width, height, shapes }: Drawing, context: Canvas): void {
  context.fillStyle = ink.paper;
  context.fillRect(0, 0, width, height);
  for (const shape of shapes) paintShape(shape, context);
}
