"""One shelf serves all threads of a worker."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from template_shelf import knowing

from outreach.templates import Templates

SOURCES = {
    **{
        f"{n}.md": "---\nsubject: "
        + str(n)
        + " for {{ lead.first_name }}\n---\n{% include 'sign.md' %} {{ lead.first_name }}"
        for n in range(20)
    },
    "sign.md": "{{ lead.company }}",
}


def test_eight_threads_render_the_same_templates_without_mixing_leads() -> None:
    shelf, together = Templates(SOURCES), Barrier(8)

    def work(worker: int) -> int:
        names = knowing(first_name=f"Lead{worker}", company=f"Company{worker}")
        together.wait()
        for n in list(range(20)) * 5:
            mail = shelf.email(f"{n}.md", names)
            assert mail.subject == f"{n} for Lead{worker}"
            assert mail.text.startswith(f"Company{worker} Lead{worker}\n")
            assert f">Company{worker} Lead{worker}</p>" in mail.html
        return worker

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(work, range(8))) == list(range(8))
