namespace NanoComm.Keys
{
    /// <summary>Something about a row of a batch: what is wrong with it, or worth a word.</summary>
    /// <param name="Line">Its line in the file, from 1; where a row has several, its first.</param>
    /// <param name="Cell">The cell in it, from 1; 0 for the whole row.</param>
    /// <param name="What">What it is.</param>
    public sealed record BatchError(int Line, int Cell, string What)
    {
        /// <summary>Where in its line it is, and what.</summary>
        public string Text => Cell == 0 ? What : $"cell {Cell}, {What}";
    }
}
