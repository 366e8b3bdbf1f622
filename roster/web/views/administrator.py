"""What an administrator sees and does about people: accounts, passwords, roles."""

from django.contrib import messages
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from roster.fault import InvalidInput
from roster.store import people
from roster.store.models import ROLE_NAMES, Change, Membership, Region
from roster.web.access import Here
from roster.web.administering import OF_ONE, AccountForm, RoleForm, SubjectForm
from roster.web.fields import error_list
from roster.web.rendering import page


def index(request: HttpRequest) -> HttpResponse:
    """Where everything is."""
    sizes = {"people": User.objects.count(), "regions": Region.objects.count(), "entries": Change.objects.count()}
    return page(request, "administrator/index.html", sizes)


def accounts(request: HttpRequest) -> HttpResponse:
    """Every account, with its roles."""
    return page(request, "administrator/people.html", {"people": _users(), "trail": _trail()})


def new_account(request: HttpRequest) -> HttpResponse:
    """Make an account. Its first password is on the page that answers, and nowhere else."""
    form = AccountForm(request.POST or None)
    if form.is_valid():
        try:
            user, password = people.make_account(form.cleaned_data["username"], _here(request).by())
        except InvalidInput as refused:
            form.refuse(refused)
        else:
            return _password(request, user, password)
    trail = _trail(("People", reverse("admin_people")))
    return page(request, "administrator/person_new.html", {"form": form, "errors": error_list(form), "trail": trail})


def account(request: HttpRequest, account: int) -> HttpResponse:
    """One account: its roles, and what can be done about it."""
    user = _user(account)
    trail = _trail(("People", reverse("admin_people")))
    context = {"person": user, "second_step": people.has_second_step(user), "trail": trail}
    return page(request, "administrator/person.html", context)


def password(request: HttpRequest, account: int) -> HttpResponse:
    """Ask, then make a new password and show it."""
    user = _user(account)
    if request.method == "POST":
        return _password(request, user, people.set_new_password(user, _here(request).by()))
    return page(request, "administrator/password_ask.html", {"person": user, "trail": _trail_to(user)})


def second_step(request: HttpRequest, account: int) -> HttpResponse:
    """Ask, then let the password alone be enough again, for somebody who has lost their phone and their codes."""
    user = _user(account)
    if request.method == "POST":
        people.end_second_step(user, _here(request).by())
        messages.success(request, f"{user.username} logs in with the password alone.")
        return redirect("admin_person", account=user.pk)
    return page(request, "administrator/second_step.html", {"person": user, "trail": _trail_to(user)})


def state(request: HttpRequest, account: int) -> HttpResponse:
    """Ask, then let nobody log in with the account any more, or let it be used again."""
    user = _user(account)
    errors: list[dict[str, str]] = []
    if request.method == "POST":
        wanted = request.POST.get("wanted")
        try:
            (people.disable if wanted == "disabled" else people.enable)(user, _here(request).by())
        except InvalidInput as refused:
            errors = _top(refused)
        else:
            messages.success(request, f"{user.username} is {'disabled' if wanted == 'disabled' else 'enabled'}.")
            return redirect("admin_person", account=user.pk)
    return page(request, "administrator/state.html", {"person": user, "errors": errors, "trail": _trail_to(user)})


def new_role(request: HttpRequest, account: int) -> HttpResponse:
    """First which role and where, then of which practice or coach if it is about one."""
    user = _user(account)
    chosen = RoleForm(request.POST if request.method == "POST" else request.GET or None)
    context = {"person": user, "form": chosen, "trail": _trail_to(user)}
    if not chosen.is_valid():
        return page(request, "administrator/role_new.html", {**context, "errors": error_list(chosen)})
    role, where = chosen.cleaned_data["role"], chosen.cleaned_data["region"]
    region = Region.objects.get(slug=where) if where else None
    subject = None
    if region is not None and role in OF_ONE:
        subject = SubjectForm(role, region, request.POST if request.method == "POST" else None)
        if not subject.is_valid():
            context |= {"form": subject, "role": role, "region": region, "thing": OF_ONE[role]}
            return page(request, "administrator/role_of.html", {**context, "errors": error_list(subject)})
    if request.method != "POST":
        context |= {"role": role, "region": region}
        return page(request, "administrator/role_ask.html", context)
    try:
        people.give_role(user, role, region, subject.cleaned_data["subject"] if subject else "", _here(request).by())
    except InvalidInput as refused:
        return page(
            request, "administrator/role_new.html", {**context, "form": RoleForm(request.POST), "errors": _top(refused)}
        )
    messages.success(request, f"{user.username} is now: {ROLE_NAMES[role].lower()}.")
    return redirect("admin_person", account=user.pk)


def take_role(request: HttpRequest, account: int, role: int) -> HttpResponse:
    """Ask, then take a role away."""
    user = _user(account)
    held = Membership.objects.select_related("region", "user").filter(user=user, pk=role).first()
    if held is None:
        raise Http404
    errors: list[dict[str, str]] = []
    if request.method == "POST":
        try:
            people.take_role(held, _here(request).by())
        except InvalidInput as refused:
            errors = _top(refused)
        else:
            messages.success(request, f"{user.username} has this role no more: {ROLE_NAMES[held.role].lower()}.")
            return redirect("admin_person", account=user.pk)
    context = {"person": user, "held": held, "errors": errors, "trail": _trail_to(user)}
    return page(request, "administrator/role_take.html", context)


def _here(request: HttpRequest) -> Here:
    here: Here = request.here  # type: ignore[attr-defined]  # set by roster.web.access
    return here


def _users() -> QuerySet[User]:
    return User.objects.prefetch_related("memberships__region").order_by("username")


def _user(number: int) -> User:
    user = _users().filter(pk=number).first()
    if user is None:
        raise Http404
    return user


def _password(request: HttpRequest, user: User, made: str) -> HttpResponse:
    return page(request, "administrator/password.html", {"person": user, "password": made, "trail": _trail_to(user)})


def _top(refused: InvalidInput) -> list[dict[str, str]]:
    """What was refused, for the top of a page without a field for it."""
    return [{"text": f"{fault.says}. {fault.do}", "href": "#main-content"} for fault in refused.faults]


def _trail(*more: tuple[str, str]) -> list[dict[str, str]]:
    steps = (("Your pages", reverse("home")), ("People, regions and the log", reverse("admin")), *more)
    return [{"text": words, "href": where} for words, where in steps]


def _trail_to(user: User) -> list[dict[str, str]]:
    return _trail(("People", reverse("admin_people")), (user.username, reverse("admin_person", args=[user.pk])))
