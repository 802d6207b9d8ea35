namespace Kiln.Server.Api;

internal static class PublishingApi
{
    public static object BodyLimit { get; } = new();

    public static Task<ApiReply> PublishAsync(ApiRequest request) => throw new NotImplementedException(request.ToString());

    public static Task<ApiReply> TaskAsync(ApiRequest request) => throw new NotImplementedException(request.ToString());

    public static Task<ApiReply> ListAsync(ApiRequest request) => throw new NotImplementedException(request.ToString());
}
