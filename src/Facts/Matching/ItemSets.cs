namespace Facts;

/// <summary>Sets of items, of which any will do, in the tree.</summary>
internal static class ItemSets
{
    extension(ItemTree tree)
    {
        /// <summary>Whether each of <paramref name="items"/> is one of <paramref name="ancestors"/> or below one.</summary>
        public bool AllUnder(CodeSet items, CodeSet ancestors) => tree.Nearness(items, ancestors) is not null;

        /// <summary>The most steps that any of the items is below the nearest of the ancestors; null where one is below none.</summary>
        public int? Nearness(CodeSet items, CodeSet ancestors)
        {
            if (items.IsEmpty) return null;
            var most = 0;
            foreach (var item in items.Codes)
            {
                int? nearest = null;
                foreach (var ancestor in ancestors.Codes)
                    if (tree.StepsUp(item, ancestor) is { } steps && !(nearest <= steps)) nearest = steps;
                if (nearest is not { } found) return null;
                most = Math.Max(most, found);
            }
            return most;
        }

        /// <summary>How deep the shallowest of them is: wider sets come later.</summary>
        public int Depth(CodeSet items) => items.IsEmpty ? 0 : items.Codes.Min(tree.Depth);
    }
}
