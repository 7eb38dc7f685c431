import { configure } from '@testing-library/preact';

/** How long is waited for what comes by itself: a busy machine takes many times as long as an idle one. */
export const PATIENCE = { timeout: 10_000 };

configure({ asyncUtilTimeout: PATIENCE.timeout });
