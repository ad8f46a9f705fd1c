import { contentOfBuild } from '../../site/content.ts';
import { accessibilitySchema } from '../../site/schemas/accessibility.ts';

export const GET = () => Response.json(contentOfBuild('accessibility.yaml', accessibilitySchema));
