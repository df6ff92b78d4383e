"""Who may do what, by the people and roles that company.yaml states; nobody approves their own (law 7)."""

from typing import Literal

from leafledger.core.finding import Finding, Place, Refused
from leafledger.core.org import Company, Person

Role = Literal["recorder", "approver", "publisher"]


def need(company: Company, by: str, role: Role, act: str) -> Person:
    """The person, who has the role. Refused otherwise; `act` says what they were about to do."""
    people = {person.id: person for person in company.people}
    if by not in people:
        template = "{by} is not among the people of company.yaml, so nobody could answer for it; add them, or say --by with an id that is there"
        raise Refused(_finding(template, by, by=by or "nobody"))
    if role not in people[by].roles:
        able = ", ".join(sorted(id for id, person in people.items() if role in person.roles)) or "nobody yet"
        template = "{by} may not {act}: that takes the role {role} in company.yaml, which {able} has"
        raise Refused(_finding(template, by, by=by, act=act, role=role, able=able))
    return people[by]


def may_approve_own(company: Company) -> bool:
    """Only a company of one that says so; its figures then say "not reviewed" wherever they stand."""
    return company.self_reviewed


def _finding(template: str, who: str, /, **values: object) -> Finding:
    return Finding(rule="ledger.permission", template=template, values=values, place=Place(name=who or "company.yaml"))
