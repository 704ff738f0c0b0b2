namespace NanoComm.Virtual.Web
{
    /// <summary>The unit that the page shows, from its start to its end.</summary>
    /// <param name="Session">Its run.</param>
    /// <param name="Status">What is shown of it; the page's own.</param>
    /// <param name="Unit">The firmware.</param>
    /// <param name="Board">What it runs on.</param>
    internal sealed record ShownUnit(Session Session, Status Status, CommunicationUnit Unit, VirtualBoard Board);
}
