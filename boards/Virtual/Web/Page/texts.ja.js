import { en } from './texts.en.js';
export const ja = { ...en };
