using Kiln.Registry.Catalog;

namespace Kiln.Server.Web.Packages;

/// <summary>What stands around every page of a package.</summary>
public sealed record PackageFrameData(PackageAddress Address, PackageView View, PackageTab Tab);
