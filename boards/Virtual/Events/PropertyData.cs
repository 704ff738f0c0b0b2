namespace NanoComm.Virtual.Events
{
    /// <summary>A property of a frame.</summary>
    /// <param name="Epc">Its code, two hexadecimal digits.</param>
    /// <param name="Name">Its name; null for what is not ours.</param>
    internal sealed record PropertyData(string Epc, string Name);
}
