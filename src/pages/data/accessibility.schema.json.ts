import { accessibilityJsonSchema } from '../../site/schemas/accessibility.ts';

export const GET = () => Response.json(accessibilityJsonSchema);
