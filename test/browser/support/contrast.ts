/**
 * Texts whose contrast with the page's background is less than `least`, with that contrast. It runs in the page, so it
 * stands alone. Source: WCAG 2.2, relative luminance and contrast ratio.
 */
export function faintTexts(least: number): string[] {
  const luminance = (color: string): number => {
    const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map((channel) => {
      const share = Number(channel) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const paper = luminance(getComputedStyle(document.body).backgroundColor);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const faint: string[] = [];
  while (walker.nextNode()) {
    const { parentElement: parent, textContent: text } = walker.currentNode;
    if (parent === null || text === null || text.trim() === "" || !parent.checkVisibility()) continue;
    const style = getComputedStyle(parent);
    const ink = luminance(parent instanceof SVGElement ? style.fill : style.color);
    const contrast = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
    if (contrast < least) faint.push(`${contrast.toFixed(1)}: ${text.trim()}`);
  }
  return faint;
}
