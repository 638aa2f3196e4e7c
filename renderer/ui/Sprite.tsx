/** The drawings that Glyph refers to, once in the document: a 16-px grid, 1.5-px strokes, the colour of the text around. */

export const Sprite = () => (
  <svg width="0" height="0" aria-hidden="true" className="sprite">
    <title>Glyphs</title>
    <symbol
      id="g-mark"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinejoin="round"
      strokeLinecap="round"
    >
      <path d="M1.75 3.75h12.5v8.5H1.75z" />
      <circle cx="8" cy="7.25" r="1.25" fill="currentColor" stroke="none" />
      <path d="M8 7.5v2.25" />
    </symbol>
    <symbol id="g-added" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round">
      <path d="M8 3.25v9.5M3.25 8h9.5" />
    </symbol>
    <symbol
      id="g-removed"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
    >
      <path d="M3.25 8h9.5" />
    </symbol>
    <symbol
      id="g-edited"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinejoin="round"
      strokeLinecap="round"
    >
      <path d="M10.75 3 13 5.25 6 12.25l-3 .75.75-3z" />
      <path d="M9.25 4.5 11.5 6.75" />
    </symbol>
    <symbol
      id="g-moved"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinejoin="round"
      strokeLinecap="round"
    >
      <path d="M5 13V3.25M2.5 5.75 5 3.25l2.5 2.5M11 3v9.75M8.5 10.25l2.5 2.5 2.5-2.5" />
    </symbol>
    <symbol
      id="g-retimed"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinejoin="round"
      strokeLinecap="round"
    >
      <path d="M1.75 3.5v9M14.25 3.5v9M4.25 8h7.5M6.25 6l-2 2 2 2M9.75 6l2 2-2 2" />
    </symbol>
    <symbol
      id="g-shifted"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinejoin="round"
      strokeLinecap="round"
    >
      <path d="M8 2.75v.5M8 6v.5M8 9.25v3M5.5 10.25 8 12.75l2.5-2.5" />
    </symbol>
    <symbol id="g-same" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round">
      <path d="M4.5 6.25h7M4.5 9.75h7" />
    </symbol>
    <symbol id="g-approved" viewBox="0 0 16 16" fill="none" strokeLinejoin="round" strokeLinecap="round">
      <circle cx="8" cy="8" r="6.25" fill="currentColor" />
      <path d="m5.25 8.25 2 2 3.5-4" stroke="var(--glyph-cut)" strokeWidth="1.5" />
    </symbol>
    <symbol id="g-candidate" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5">
      <circle cx="8" cy="8" r="5.25" />
    </symbol>
    <symbol
      id="g-pointer"
      viewBox="0 0 16 16"
      fill="currentColor"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinejoin="round"
    >
      <path d="M3 4.25h5.5L12.75 8 8.5 11.75H3z" />
    </symbol>
    <symbol
      id="g-gate-open"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
    >
      <path d="M2 13.25h4M4 13.25V7.5M4 7.5l8.5-5" />
    </symbol>
    <symbol
      id="g-gate-closed"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
    >
      <path d="M2 13.25h4M4 13.25V6M4 6h10M7.5 6v2.5M11 6v2.5" />
    </symbol>
    <symbol
      id="g-problem"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinejoin="round"
      strokeLinecap="round"
    >
      <path d="M8 2.5 14.25 13.25H1.75zM8 6.5v3M8 11.25v.05" />
    </symbol>
    <symbol id="g-lock" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round">
      <path d="M3.75 7.25h8.5v6h-8.5zM5.5 7V5a2.5 2.5 0 0 1 5 0v2" />
    </symbol>
    <symbol
      id="g-orphan"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinejoin="round"
      strokeDasharray="2 2"
    >
      <path d="M3.75 2.5h8.5v11h-8.5z" />
    </symbol>
    <symbol id="g-branch" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round">
      <path d="M4.5 2.5v11M4.5 10c0-3.5 7-2 7-6.5" />
    </symbol>
    <symbol
      id="g-undo"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinejoin="round"
      strokeLinecap="round"
    >
      <path d="M5.5 3 2.75 5.75 5.5 8.5M3 5.75h6.25a3.5 3.5 0 0 1 0 7H6" />
    </symbol>
    <symbol id="g-chain" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round">
      <path d="M6.5 11.25H5a3.25 3.25 0 0 1 0-6.5h1.5M9.5 4.75H11a3.25 3.25 0 0 1 0 6.5H9.5M5.75 8h4.5" />
    </symbol>
    <symbol id="g-search" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round">
      <circle cx="7" cy="7" r="4.25" />
      <path d="m10.25 10.25 3.25 3.25" />
    </symbol>
    <symbol
      id="g-right"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinejoin="round"
      strokeLinecap="round"
    >
      <path d="m6.25 4.25 3.75 3.75-3.75 3.75" />
    </symbol>
    <symbol
      id="g-down"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinejoin="round"
      strokeLinecap="round"
    >
      <path d="M4.25 6.25 8 10l3.75-3.75" />
    </symbol>
    <symbol
      id="g-to"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinejoin="round"
      strokeLinecap="round"
    >
      <path d="M2.75 8h10M9.5 4.75 12.75 8 9.5 11.25" />
    </symbol>
    <symbol id="g-close" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round">
      <path d="m4 4 8 8M12 4l-8 8" />
    </symbol>
    <symbol id="g-more" viewBox="0 0 16 16" fill="currentColor">
      <circle cx="3.5" cy="8" r="1.25" />
      <circle cx="8" cy="8" r="1.25" />
      <circle cx="12.5" cy="8" r="1.25" />
    </symbol>
    <symbol id="g-list" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round">
      <path d="M3 4.25h10M3 8h10M3 11.75h10" />
    </symbol>
    <symbol
      id="g-check"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinejoin="round"
      strokeLinecap="round"
    >
      <path d="m3.25 8.5 3 3 6.5-7" />
    </symbol>
    <symbol id="g-stop" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round">
      <path d="M4 4h8v8H4z" />
    </symbol>
    <symbol
      id="g-observed"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinejoin="round"
    >
      <path d="M1.75 8C3.25 5.25 5.5 4 8 4s4.75 1.25 6.25 4C12.75 10.75 10.5 12 8 12s-4.75-1.25-6.25-4z" />
      <circle cx="8" cy="8" r="1.5" />
    </symbol>
    <symbol id="g-live" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round">
      <circle cx="8" cy="8" r="1.5" fill="currentColor" stroke="none" />
      <path d="M4.75 11.25a4.5 4.5 0 0 1 0-6.5M11.25 4.75a4.5 4.5 0 0 1 0 6.5" />
    </symbol>
    <symbol id="g-draft" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5">
      <path d="m8 2.75 5.25 5.25L8 13.25 2.75 8z" />
    </symbol>
  </svg>
);
