namespace Facts;

/// <summary>Comparisons of sets of items, of which any may be given, in the item tree.</summary>
internal static class ItemSets
{
    extension(ItemTree tree)
    {
        /// <summary>True if each of <paramref name="items"/> is one of <paramref name="ancestors"/> or below one.</summary>
        public bool AllUnder(CodeSet items, CodeSet ancestors) => tree.Nearness(items, ancestors) is not null;

        /// <summary>True if the sets are equal, or if one is below the other.</summary>
        public bool AreNested(CodeSet a, CodeSet b) => a.Equals(b) || tree.AllUnder(a, b) || tree.AllUnder(b, a);

        /// <summary>
        /// Steps from each item up to its nearest ancestor, and of these the largest number. 0 for equal sets; null if an item is below none of the
        /// ancestors.
        /// </summary>
        public int? Nearness(CodeSet items, CodeSet ancestors)
        {
            if (items.IsEmpty) return null;
            var max = 0;
            foreach (var item in items.Codes)
            {
                int? nearest = null;
                foreach (var ancestor in ancestors.Codes)
                    if (tree.StepsUp(item, ancestor) is { } steps && !(nearest <= steps)) nearest = steps;
                if (nearest is not { } found) return null;
                max = Math.Max(max, found);
            }
            return max;
        }

        /// <summary>Depth of the shallowest item; 0 for an empty set.</summary>
        public int Depth(CodeSet items) => items.IsEmpty ? 0 : items.Codes.Min(tree.Depth);
    }
}
