export { actorOfKey, createApiKey, endApiKey } from './api-key.ts';
