/** A text in which `«…»` is what is to be found: the text without the marks, and with what stands for the findings. */
export function marked(sample: string, replacement: string): { readonly text: string; readonly scrubbed: string } {
  return {
    text: sample.replaceAll(/[«»]/g, ''),
    scrubbed: sample.replaceAll(/«[^»]*»/g, replacement),
  };
}
