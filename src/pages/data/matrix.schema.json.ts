import { matrixJsonSchema } from '../../site/schemas/matrix.ts';

export const GET = () => Response.json(matrixJsonSchema);
