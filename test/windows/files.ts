/** The test files that run on Windows' own Node too: those of what Windows does otherwise. */
export const files = ['test/unit/common', 'test/unit/sessions'];
