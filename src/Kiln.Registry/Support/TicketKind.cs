namespace Kiln.Registry.Support;

public enum TicketKind
{
    UserScopeQuotaIncrease,
    ScopeQuotaIncrease,
    ScopeClaim,
    PackageReport,
    Other,
}
