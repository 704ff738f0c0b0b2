namespace NanoComm.Tests.Contract
{
    /// <summary>A text in a source, as whole as it stands there: a literal, an interpolated one, or several with + between.</summary>
    /// <param name="Key">What tables of words know it by: the text, or its format with the holes numbered.</param>
    /// <param name="Words">The text without what is in its holes.</param>
    /// <param name="Said">The method of <c>Words</c> that it is given to; null where it goes past them.</param>
    /// <param name="Line">Where, from 1 on.</param>
    /// <param name="IsPattern">Whether it is written as a pattern is, verbatim.</param>
    internal sealed record SaidText(string Key, string Words, string Said, int Line, bool IsPattern);
}
