"""Measures summaries and the quantity grammar against gold, and says why.

    cases       documents with what is known of them (gold)
    text        folding to simplified characters, stripping pinyin, overlap of strings
    numerals    a plain reader of Chinese and Arabic numerals, apart from the product's
    truth       figures by plain regular expressions: the independent second opinion
    views       a summary's JSON as the scorers see it
    scorers     one small scorer a question; each returns outcomes with a reason a case
    explain     what was missed, wrong or false, for people who tune prompts
    program     the command line: `python -m evals`, `summarizer eval`

Nothing in `summarizer` imports this package but one late import in `summarizer/cli/eval.py`. The
modules import each other relatively, because in a wheel the package is `summarizer.evals`.
"""
