namespace NanoComm.Keys
{
    /// <summary>A row of a batch that no ticket can be made for.</summary>
    /// <param name="Line">Its line in the file, from 1.</param>
    /// <param name="What">What is wrong with it.</param>
    public sealed record BatchError(int Line, string What);
}
